import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t, words } from '../../platform/i18n.ts'
import { Reading } from '../../ui/query.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { kindWords } from './PartyChoice.tsx'
import { myPartiesQuery } from './queries.ts'

/** Those I may act for. */
export function MyParties({ link }: { link: (id: string, children: ReactNode) => ReactNode }) {
  const query = useQuery(myPartiesQuery)
  return (
    <Reading query={query}>
      {({ parties }) =>
        parties.length === 0 ? (
          <EmptyState icon="building" title={t('party.none')}>
            {t('party.noneWords')}
          </EmptyState>
        ) : (
          <ul className="stack" style={{ '--gap': '10px' } as React.CSSProperties}>
            {parties.map((party) => (
              <li key={party.id}>
                {link(party.id, party.name)}
                <span className="small muted" style={{ display: 'block' }}>
                  {kindWords(party.kind)} · {words(party.region)}
                  {party.creditCode !== undefined && <span className="mono"> · {party.creditCode}</span>}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Reading>
  )
}
