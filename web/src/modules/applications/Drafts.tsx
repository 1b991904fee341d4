import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { draftsQuery, useDeleteDraft } from './queries.ts'

/** Applications begun and not yet submitted; nothing where there are none. */
export function Drafts({ link }: { link: (id: string, children: ReactNode) => ReactNode }) {
  const query = useQuery(draftsQuery)
  const remove = useDeleteDraft()
  const drafts = query.data?.drafts ?? []
  if (drafts.length === 0) return null
  return (
    <section className="card" aria-label={t('drafts.title')}>
      <header>
        <h2>{t('drafts.title')}</h2>
      </header>
      <ul className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
        {drafts.map((draft) => (
          <li key={draft.id} className="spread">
            <span>
              {link(draft.id, words(draft.bundleTitle))}
              <span className="block small muted">
                {draft.partyName} · {t('drafts.savedAt', { at: moment(draft.updatedAt) })}
              </span>
            </span>
            <Button
              size="small"
              look="plain"
              icon="trash"
              busy={remove.isPending && remove.variables === draft.id}
              onClick={() => remove.mutate(draft.id)}
            >
              {t('drafts.delete')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
