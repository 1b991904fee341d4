import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type DemoPerson, listDemoPeople } from '@yichuang/contract'
import { type FormEvent, useState } from 'react'
import { ask } from '../platform/api.ts'
import { messageFor, t, words } from '../platform/i18n.ts'
import { usePageTitle } from '../platform/page.ts'
import { type Credentials, logIn, useCity } from '../platform/session.ts'
import { useSubmit } from '../platform/submit.ts'
import { Button } from '../ui/Button.tsx'
import { Icon, type IconName, Mark } from '../ui/Icon.tsx'
import { Reading } from '../ui/query.tsx'
import { Fold } from '../ui/small.tsx'
import { ProblemNotice } from '../ui/states.tsx'
import { DemoClock } from './DemoClock.tsx'
import { DESKS, type Desk, HOMES, homeOf } from './homes.ts'
import { Preferences } from './Preferences.tsx'
import './shell.css'

const DESK_ICONS: { readonly [desk in Desk]: IconName } = {
  portal: 'home',
  counter: 'tasks',
  department: 'building',
  supervision: 'flag',
  admin: 'person',
}

export function LoginPage() {
  const city = useCity()
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const { back } = useSearch({ from: '/login' })
  usePageTitle(t('login.title'))
  const login = useSubmit((wish: { credentials: Credentials; desk: Desk | null }, key) => logIn(client, wish.credentials, key), {
    done: async (session, { desk }) => {
      if (back !== undefined) return router.history.replace(back)
      await navigate({ to: desk === null ? homeOf(session) : HOMES[desk], replace: true })
    },
  })
  return (
    <div className="login">
      <header className="login-head on-accent">
        <Link to="/" className="brand">
          <Mark size={36} inverse />
          <span>
            {words(city?.title)} <strong>{t('brand.name')}</strong>
          </span>
        </Link>
        <Preferences />
      </header>
      <main className="login-main stack" style={{ '--gap': '24px' } as React.CSSProperties}>
        <h1>{t('login.title')}</h1>
        <ProblemNotice error={login.error} />
        {city?.demo === true && (
          <DemoPeople busy={login.isPending} onPick={(person, desk) => login.mutate({ credentials: { person }, desk })} />
        )}
        {city?.demo === true ? (
          <Fold title={t('login.byPassword')}>
            <PasswordForm busy={login.isPending} onLogin={(credentials) => login.mutate({ credentials, desk: null })} />
          </Fold>
        ) : (
          <PasswordForm busy={login.isPending} onLogin={(credentials) => login.mutate({ credentials, desk: null })} />
        )}
      </main>
      <footer className="page-foot">
        <DemoClock />
      </footer>
    </div>
  )
}

function DemoPeople({ busy, onPick }: { busy: boolean; onPick: (person: string, desk: Desk) => void }) {
  const query = useQuery({
    queryKey: ['demo', 'people'],
    queryFn: ({ signal }) => ask(listDemoPeople, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Reading query={query} lines={6}>
      {({ people }) => (
        <>
          <p className="muted">{t('login.demoWords')}</p>
          {DESKS.map((desk) => (
            <DeskPeople key={desk} desk={desk} people={people.filter((person) => mainDesk(person) === desk)} busy={busy} onPick={onPick} />
          ))}
        </>
      )}
    </Reading>
  )
}

/** A person stands with the first desk that is not the portal, which everybody may open. */
function mainDesk(person: DemoPerson): string {
  return person.desks.find((desk) => desk !== 'portal') ?? 'portal'
}

function DeskPeople({
  desk,
  people,
  busy,
  onPick,
}: {
  desk: Desk
  people: readonly DemoPerson[]
  busy: boolean
  onPick: (person: string, desk: Desk) => void
}) {
  if (people.length === 0) return null
  return (
    <section aria-labelledby={`desk-${desk}`}>
      <h2 id={`desk-${desk}`} className="row">
        <Icon name={DESK_ICONS[desk]} />
        {messageFor(`desk.${desk}`) ?? desk}
      </h2>
      <ul className="people">
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" disabled={busy} onClick={() => onPick(person.id, desk)}>
              <span className="avatar" aria-hidden="true">
                {words(person.name).slice(0, 1)}
              </span>
              <span>
                <strong>{words(person.name)}</strong>
                <span className="small muted">{words(person.role)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function PasswordForm({ busy, onLogin }: { busy: boolean; onLogin: (credentials: Credentials) => void }) {
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onLogin({ account, password })
  }
  return (
    <form className="card stack password-form" onSubmit={submit}>
      <div className="field">
        <label htmlFor="account">{t('login.account')}</label>
        <input
          id="account"
          className="input"
          autoComplete="username"
          required
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="password">{t('login.password')}</label>
        <input
          id="password"
          className="input"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <Button type="submit" look="primary" busy={busy}>
        {t('login.submit')}
      </Button>
    </form>
  )
}
