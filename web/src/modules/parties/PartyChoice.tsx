import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { t, words } from '../../platform/i18n.ts'
import { Notice } from '../../ui/states.tsx'
import { myPartiesQuery } from './queries.ts'

type Props = {
  /** Kinds that may apply. */
  readonly kinds: readonly string[]
  readonly value: string | undefined
  readonly onChange: (party: string) => void
}

/** For whom: the parties I may act for and this may be done for. One is taken at once, several are offered. */
export function PartyChoice({ kinds, value, onChange }: Props): ReactNode {
  const parties = useQuery(myPartiesQuery).data?.parties
  const fitting = parties?.filter((party) => kinds.includes(party.kind)) ?? []
  const only = fitting[0]?.id
  useEffect(() => {
    if (value === undefined && only !== undefined) onChange(only)
  }, [value, only, onChange])
  if (parties === undefined) return <p className="muted">{t('state.loading')}</p>
  if (fitting.length === 0) return <Notice tone="warn">{t('apply.noParty', { kinds: kinds.map(kindWords).join('、') })}</Notice>
  return (
    <fieldset className="field">
      <legend>{t('apply.forWhom')}</legend>
      <div className="choices">
        {fitting.map((party) => (
          <label key={party.id} className="choice">
            <input type="radio" name="party" checked={value === party.id} onChange={() => onChange(party.id)} />
            <span>
              {party.name}
              <span className="small muted" style={{ display: 'block' }}>
                {kindWords(party.kind)} · {words(party.region)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function kindWords(kind: string): string {
  return kind === 'enterprise' || kind === 'sole-trader' || kind === 'person' ? t(`party.kind.${kind}`) : kind
}
