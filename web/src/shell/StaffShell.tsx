import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type MessageKey, t, words } from '../platform/i18n.ts'
import { holdsDesk, sessionQuery, useCity, useLogOut, useSession } from '../platform/session.ts'
import { Icon, type IconName, Mark } from '../ui/Icon.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { DemoClock } from './DemoClock.tsx'
import { Preferences } from './Preferences.tsx'
import './shell.css'

type Place = {
  readonly to:
    | '/counter'
    | '/counter/new'
    | '/counter/shelf'
    | '/department'
    | '/department/cases'
    | '/department/reviews'
    | '/supervision'
    | '/'
  readonly title: MessageKey
  readonly icon: IconName
  /** Second key after `g`. */
  readonly key: string
}
const DESKS: readonly { readonly desk: 'counter' | 'department' | 'supervision'; readonly places: readonly Place[] }[] = [
  {
    desk: 'counter',
    places: [
      { to: '/counter', title: 'nav.queue', icon: 'tasks', key: 'q' },
      { to: '/counter/new', title: 'nav.start', icon: 'plus', key: 'n' },
      { to: '/counter/shelf', title: 'nav.shelf', icon: 'box', key: 'o' },
    ],
  },
  {
    desk: 'department',
    places: [
      { to: '/department', title: 'nav.inbox', icon: 'tasks', key: 'i' },
      { to: '/department/cases', title: 'nav.cases', icon: 'search', key: 'c' },
      { to: '/department/reviews', title: 'nav.reviews', icon: 'star', key: 'r' },
    ],
  },
  { desk: 'supervision', places: [{ to: '/supervision', title: 'nav.board', icon: 'flag', key: 's' }] },
]

export function StaffShell() {
  const session = useSession()
  const city = useCity()
  const navigate = useNavigate()
  const client = useQueryClient()
  const logOut = useLogOut()
  const [help, showHelp] = useState(false)
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const desks = DESKS.filter(({ desk }) => holdsDesk(session, desk))
  const here = DESKS.find(({ desk }) => path.startsWith(`/${desk}`))?.desk
  useShortcuts(
    desks.flatMap(({ places }) => places),
    (to) => void navigate({ to }),
    () => showHelp(true),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes
  useEffect(() => {
    main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <div className="staff staff-shell">
      <a href="#main" className="skip-link">
        {t('nav.skip')}
      </a>
      <header className="staff-bar on-accent">
        <Link to="/" className="brand" style={{ color: '#fff' }}>
          <Mark size={28} inverse />
          <span>
            <span className="optional-word">{words(city?.title)} </span>
            <strong>{t('brand.name')}</strong>
          </span>
        </Link>
        <div className="who">
          <span className="optional-word">{postWords(session?.posts[0]?.orgName)}</span>
          <strong>{words(session?.name)}</strong>
          <Preferences />
          <button type="button" onClick={() => showHelp(true)} aria-label={t('nav.help')}>
            <kbd>?</kbd>
          </button>
          <button
            type="button"
            onClick={async () => {
              await logOut()
              client.setQueryData(sessionQuery.queryKey, null)
              await navigate({ to: '/login' })
            }}
          >
            <Icon name="out" size={18} />
            <span className="optional-word">{t('nav.logOut')}</span>
            <span className="visually-hidden">{t('nav.logOut')}</span>
          </button>
        </div>
      </header>
      <nav className="staff-side" aria-label={t('nav.label')}>
        <div>
          {desks.map(({ desk, places }) => (
            <div key={desk}>
              <h2>{t(`desk.${desk}`)}</h2>
              <ul>
                {places.map((place) => (
                  <li key={place.to}>
                    <Link to={place.to} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
                      <Icon name={place.icon} size={18} />
                      {t(place.title)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <main className="staff-main" id="main" aria-label={t('nav.main')} ref={main} tabIndex={-1}>
        {here !== undefined && session != null && !holdsDesk(session, here) ? (
          <div className="state">
            <Icon name="flag" size={40} />
            <h1>{t(`desk.${here}`)}</h1>
            <p>{t('nav.notYourDesk', { desk: t(`desk.${here}`) })}</p>
          </div>
        ) : (
          <Outlet />
        )}
        <footer className="page-foot">
          <DemoClock />
        </footer>
      </main>
      <Sheet open={help} title={t('keys.title')} onClose={() => showHelp(false)}>
        <KeyHelp places={desks.flatMap(({ places }) => places)} />
      </Sheet>
    </div>
  )
}

function postWords(name: { zh: string; en?: string | undefined } | undefined): string {
  return words(name)
}

function KeyHelp({ places }: { places: readonly Place[] }) {
  return (
    <table className="table">
      <tbody>
        {places.map((place) => (
          <tr key={place.to}>
            <th scope="row">
              <kbd>g</kbd> <kbd>{place.key}</kbd>
            </th>
            <td>{t(place.title)}</td>
          </tr>
        ))}
        {(['j', 'k', 'Enter', '/', '1–9', '?', 'Esc'] as const).map((key) => (
          <tr key={key}>
            <th scope="row">
              <kbd>{key}</kbd>
            </th>
            <td>{t(`keys.${key}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `g` then a letter goes to a page; `/` to the search; `?` shows the keys. Never while something is being typed. */
function useShortcuts(places: readonly Place[], go: (to: Place['to']) => void, help: () => void): void {
  const pending = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const second = performance.now() - pending.current < 1200
      pending.current = event.key === 'g' ? performance.now() : 0
      if (event.key === '?') return help()
      if (event.key === '/') {
        event.preventDefault()
        return document.querySelector<HTMLElement>('[data-search] input, input[data-search]')?.focus()
      }
      const place = second ? places.find((each) => each.key === event.key) : undefined
      if (place !== undefined) go(place.to)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.closest('input, textarea, select, dialog') !== null || target.isContentEditable)
}
