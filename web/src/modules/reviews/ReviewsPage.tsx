import { useInfiniteQuery } from '@tanstack/react-query'
import { moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Button } from '../../ui/Button.tsx'
import { ScrollTable } from '../../ui/ScrollTable.tsx'
import { Figure, StarsShown } from '../../ui/small.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { reviewsQuery } from './queries.ts'

/** Ratings of my organisations, without names or numbers. */
export function ReviewsPage() {
  usePageTitle(t('reviews.title'))
  const query = useInfiniteQuery(reviewsQuery)
  const first = query.data?.pages[0]
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (first === undefined || query.data === undefined) return <Loading lines={6} />
  const rows = query.data.pages.flatMap((page) => page.rows)
  const total = first.byStars.reduce((sum, count) => sum + count, 0)
  return (
    <>
      <div className="page-head">
        <h1>{t('reviews.title')}</h1>
      </div>
      <section className="card">
        <div className="row" style={{ '--gap': '48px' } as React.CSSProperties}>
          <Figure
            label={t('reviews.average')}
            definition={t('reviews.averageDefinition')}
            value={first.average === null ? '—' : first.average.toFixed(2)}
          />
          <Figure label={t('reviews.count')} value={total} />
          <Figure
            label={t('reviews.bad')}
            definition={t('reviews.badDefinition')}
            value={(first.byStars[0] ?? 0) + (first.byStars[1] ?? 0)}
          />
        </div>
      </section>
      <section className="card flush">
        {rows.length === 0 ? (
          <EmptyState icon="star" title={t('reviews.none')}>
            {t('reviews.noneWords')}
          </EmptyState>
        ) : (
          <ScrollTable
            label={t('reviews.title')}
            columns={[t('reviews.stars'), t('reviews.words'), t('reviews.matter'), t('reviews.at')]}
            style={{ minWidth: 560 }}
          >
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="nowrap">
                  <StarsShown stars={row.stars} />
                </td>
                <td>{row.words === '' ? <span className="muted">{t('reviews.noWords')}</span> : row.words}</td>
                <td>{words(row.matter)}</td>
                <td className="nowrap muted">{moment(row.at)}</td>
              </tr>
            ))}
          </ScrollTable>
        )}
        {query.hasNextPage && (
          <p style={{ padding: 12, textAlign: 'center' }}>
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('action.more')}
            </Button>
          </p>
        )}
      </section>
    </>
  )
}
