import { useQuery } from '@tanstack/react-query'
import type { ClockView } from '@yichuang/contract'
import { useState } from 'react'
import { inCity, limitWords } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { useNow } from '../../platform/session.ts'
import { ClockExplain } from '../../ui/ClockExplain.tsx'
import { DeadlineTag } from '../../ui/DeadlineTag.tsx'
import { Reading } from '../../ui/query.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { explainQuery } from './queries.ts'

/** One clock with its light; a press answers "why this day?" day by day. */
export function ClockTag({ caseId, clock }: { caseId: string; clock: ClockView }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <DeadlineTag
        light={clock.light}
        dueAt={clock.dueAt ?? clock.dueOn}
        remaining={clock.remaining}
        unit={clock.limit.unit}
        provisional={clock.provisional}
        stopped={clock.status === 'stopped'}
        onWhy={() => setOpen(true)}
      />
      <Sheet open={open} title={t('explain.title', { clock: words(clock.title) })} onClose={() => setOpen(false)}>
        <Explanation caseId={caseId} clock={clock.clock} />
      </Sheet>
    </>
  )
}

function Explanation({ caseId, clock }: { caseId: string; clock: string }) {
  const query = useQuery(explainQuery(caseId, clock))
  const now = useNow()
  return (
    <Reading query={query} lines={6}>
      {(answer) => (
        <ClockExplain
          days={answer.days}
          limit={answer.clock.limit}
          dueOn={answer.clock.dueOn}
          today={inCity(now).date}
          rule={words(answer.rule)}
          calendar={answer.calendar}
        />
      )}
    </Reading>
  )
}

/** All clocks of a case: name, limit, light and date; a paused one says on which basis. */
export function ClockList({ caseId, clocks }: { caseId: string; clocks: readonly ClockView[] }) {
  if (clocks.length === 0) return <p className="muted">{t('clock.none')}</p>
  return (
    <ul className="clock-list stack" style={{ '--gap': '10px' } as React.CSSProperties}>
      {clocks.map((clock) => (
        <li key={clock.clock}>
          <div className="spread" style={{ '--gap': '4px 12px' } as React.CSSProperties}>
            <span>
              {words(clock.title)} <span className="muted small">{limitWords(clock.limit)}</span>
            </span>
            <ClockTag caseId={caseId} clock={clock} />
          </div>
          {clock.status === 'paused' && (
            <p className="small muted">{t('clock.pausedBecause', { basis: words(clock.pausedBasis) || t('light.grey') })}</p>
          )}
        </li>
      ))}
    </ul>
  )
}
