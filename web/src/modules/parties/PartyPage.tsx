import { useQuery } from '@tanstack/react-query'
import type { Party } from '@yichuang/contract'
import { longDay } from '../../platform/dates.ts'
import { messageFor, t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Reading } from '../../ui/query.tsx'
import { ScrollTable } from '../../ui/ScrollTable.tsx'
import { Facts, PersonMask } from '../../ui/small.tsx'
import { partyQuery, reveal } from './queries.ts'

/** 主体: what is known about a party, from where and since when; and who may act for it. */
export function PartyPage({ id }: { id: string }) {
  const query = useQuery(partyQuery(id))
  usePageTitle(query.data?.name ?? t('party.title'))
  return (
    <Reading page query={query} lines={8}>
      {(party) => (
        <div className="stack">
          <h1>{party.name}</h1>
          <PartyFacts party={party} />
        </div>
      )}
    </Reading>
  )
}

export function PartyCardById({ id }: { id: string }) {
  const query = useQuery(partyQuery(id))
  return <Reading query={query}>{(party) => <PartyFacts party={party} />}</Reading>
}

function PartyFacts({ party }: { party: Party }) {
  return (
    <>
      <section className="card">
        <Facts
          rows={[
            { label: t('party.kind'), value: t(`party.kind.${party.kind}`) },
            ...(party.creditCode === undefined
              ? []
              : [{ label: t('party.creditCode'), value: <span className="mono">{party.creditCode}</span> }]),
            { label: t('party.region'), value: words(party.region) },
            { label: t('party.status'), value: messageFor(`party.status.${party.status}`) ?? party.status },
          ]}
        />
        {party.synthetic && <p className="small muted">{t('party.synthetic')}</p>}
      </section>
      <section className="card">
        <header>
          <h2>{t('party.facts')}</h2>
          <span className="small muted">{t('party.factsHint')}</span>
        </header>
        {party.facts.length === 0 ? (
          <p className="muted">{t('party.noFacts')}</p>
        ) : (
          <ScrollTable label={t('party.facts')} columns={[t('party.fact'), t('party.value'), t('party.source'), t('party.asOf')]}>
            {party.facts.map((fact) => (
              <tr key={fact.fact}>
                <th scope="row">{words(fact.title)}</th>
                <td>{valueWords(fact.value)}</td>
                <td>{words(fact.source)}</td>
                <td className="nowrap">{longDay(fact.asOf)}</td>
              </tr>
            ))}
          </ScrollTable>
        )}
      </section>
      <section className="card">
        <header>
          <h2>{t('party.people')}</h2>
        </header>
        <ul className="stack" style={{ '--gap': '12px' } as React.CSSProperties}>
          {party.people.map((person) => (
            <li key={`${person.person}${person.as}`}>
              <strong>{person.name}</strong> <span className="tag">{messageFor(`party.as.${person.as}`) ?? person.as}</span>
              <span className="small muted">
                {' '}
                {person.until === null ? t('party.noEnd') : t('party.until', { date: longDay(person.until) })}
              </span>
              {person.idCard !== undefined && (
                <div className="row small">
                  {t('party.idCard')}
                  <PersonMask
                    masked={person.idCard}
                    onReveal={async (reason) => (await reveal(party.id, person.person, reason)).idCard ?? ''}
                  />
                </div>
              )}
              {person.mobile !== undefined && (
                <div className="row small">
                  {t('party.mobile')}
                  <PersonMask
                    masked={person.mobile}
                    onReveal={async (reason) => (await reveal(party.id, person.person, reason)).mobile ?? ''}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function valueWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? t('field.yes') : t('field.no')
  if (Array.isArray(value)) return value.map(valueWords).join('、') || '—'
  if (value === null || value === undefined) return '—'
  return typeof value === 'object' ? Object.values(value).map(valueWords).join(' · ') : String(value)
}
