import { useQuery } from '@tanstack/react-query'
import type { PartyCard } from '@yichuang/contract'
import { type FormEvent, type ReactNode, useState } from 'react'
import { checkCreditCode } from '../../fields/checks.ts'
import { t, words } from '../../platform/i18n.ts'
import { useSettled } from '../../platform/page.ts'
import { Problem, problemWords } from '../../platform/problem.ts'
import { useSubmit } from '../../platform/submit.ts'
import { Button } from '../../ui/Button.tsx'
import { Reading } from '../../ui/query.tsx'
import { EmptyState, ProblemNotice } from '../../ui/states.tsx'
import { kindWords } from './PartyChoice.tsx'
import { foundQuery, type NewParty, record } from './queries.ts'

type Props = {
  readonly onChosen: (party: PartyCard) => void
  readonly region: (value: string, onChange: (code: string) => void) => ReactNode
}

/** At the counter: find the applicant by credit code or by the beginning of the name; record who is not there yet. */
export function FindParty({ onChosen, region }: Props) {
  const [text, setText] = useState('')
  const [recording, startRecording] = useState(false)
  const q = useSettled(text.trim())
  const query = useQuery(foundQuery(q))
  /* Asking again would not help: what was typed is wrong. */
  const wrong = query.error instanceof Problem && query.error.status < 500 && query.error.status >= 400 && query.error.status !== 401
  if (recording) return <RecordParty start={text} region={region} onDone={onChosen} onCancel={() => startRecording(false)} />
  return (
    <div className="stack" style={{ '--gap': '12px' } as React.CSSProperties}>
      <div className="field">
        <label htmlFor="find-party">{t('find.label')}</label>
        <input
          id="find-party"
          className="input"
          data-search
          // biome-ignore lint/a11y/noAutofocus: the clerk came to this page to type here
          autoFocus
          value={text}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'find-party-error' : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="hint">{t('find.hint')}</span>
        {wrong && (
          <span id="find-party-error" className="error" role="alert">
            {problemWords(query.error)}
          </span>
        )}
      </div>
      {q.length >= 2 && !wrong && (
        <Reading query={query} lines={2}>
          {({ parties }) =>
            parties.length === 0 ? (
              <EmptyState
                icon="search"
                title={t('find.nobody')}
                action={<Button onClick={() => startRecording(true)}>{t('find.record')}</Button>}
              >
                {t('find.nobodyWords')}
              </EmptyState>
            ) : (
              <ul className="choices">
                {parties.map((party) => (
                  <li key={party.id}>
                    <button type="button" className="choice" style={{ width: '100%' }} onClick={() => onChosen(party)}>
                      <span>
                        <strong>{party.name}</strong>
                        <span className="small muted" style={{ display: 'block' }}>
                          {kindWords(party.kind)} · {words(party.region)}{' '}
                          {party.creditCode !== undefined && <span className="mono">{party.creditCode}</span>}
                        </span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Reading>
      )}
    </div>
  )
}

type RecordProps = { start: string; region: Props['region']; onDone: (party: PartyCard) => void; onCancel: () => void }

function RecordParty({ start, region, onDone, onCancel }: RecordProps) {
  const isCode = /^[0-9A-Z]{18}$/.test(start)
  const [kind, setKind] = useState<NewParty['kind']>('sole-trader')
  const [name, setName] = useState(isCode ? '' : start)
  const [code, setCode] = useState(isCode ? start : '')
  const [where, setWhere] = useState('')
  const save = useSubmit(record, { done: onDone })
  const fault = code === '' ? null : checkCreditCode(code)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ kind, name: name.trim(), creditCode: code === '' ? undefined : code, region: where })
  }
  return (
    <form className="stack" onSubmit={submit} style={{ '--gap': '12px' } as React.CSSProperties}>
      <div className="grid-2">
        <div className="field">
          <label htmlFor="party-kind">{t('party.kind')}</label>
          <select id="party-kind" className="select" value={kind} onChange={(event) => setKind(event.target.value as NewParty['kind'])}>
            {(['sole-trader', 'enterprise', 'person'] as const).map((each) => (
              <option key={each} value={each}>
                {t(`party.kind.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="party-name">{t('party.name')}</label>
          <input id="party-name" className="input" required minLength={2} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        {kind !== 'person' && (
          <div className="field">
            <label htmlFor="party-code">{t('party.creditCode')}</label>
            <input
              id="party-code"
              className="input code"
              value={code}
              aria-invalid={fault !== null}
              aria-describedby="party-code-error"
              onChange={(event) => setCode(event.target.value.replace(/[\s-]/g, '').toUpperCase())}
            />
            <span id="party-code-error" className="error">
              {fault !== null && t(fault.key, fault.params)}
            </span>
          </div>
        )}
        {region(where, setWhere)}
      </div>
      <ProblemNotice error={save.error} />
      <div className="row">
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={save.isPending} disabled={name.trim().length < 2 || where === '' || fault !== null}>
          {t('find.record')}
        </Button>
      </div>
    </form>
  )
}
