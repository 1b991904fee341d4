import { useQueryClient } from '@tanstack/react-query'
import { getDueDate, moveClock } from '@yichuang/contract'
import { ask } from '../platform/api.ts'
import { inCity, moment } from '../platform/dates.ts'
import { t } from '../platform/i18n.ts'
import { problemWords } from '../platform/problem.ts'
import { useCity, useNow } from '../platform/session.ts'
import { useSubmit } from '../platform/submit.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { toast } from '../ui/Toast.tsx'

/** In a demonstration only: move the product's clock on and watch lights turn and ladders climb. */
export function DemoClock() {
  const city = useCity()
  const now = useNow()
  const client = useQueryClient()
  const move = useSubmit(
    async (advance: string, idempotencyKey) => {
      const duration = advance === 'workday' ? await toNextWorkday(inCity(now).date) : advance
      return ask(moveClock, { body: { advance: duration }, idempotencyKey })
    },
    {
      done: async (answer) => {
        await client.invalidateQueries()
        toast(t('demo.moved', { now: moment(answer.now), n: answer.fired }))
      },
      failed: (error) => toast(problemWords(error), 'bad'),
    },
  )
  if (city?.demo !== true) return null
  return (
    <section className="demo-clock no-print" aria-label={t('demo.label')}>
      <span className="row">
        <Icon name="clock" size={18} />
        <span>{t('demo.now', { now: moment(now) })}</span>
      </span>
      <span className="row">
        {(['P1D', 'P3D', 'workday'] as const).map((advance) => (
          <Button key={advance} size="small" busy={move.isPending && move.variables === advance} onClick={() => move.mutate(advance)}>
            {t(`demo.${advance}`)}
          </Button>
        ))}
      </span>
    </section>
  )
}

async function toNextWorkday(today: string): Promise<string> {
  const { due } = await ask(getDueDate, { query: { from: today, limit: 1, unit: 'workday' } })
  const days = due === null ? 1 : Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000)
  return `P${Math.max(1, days)}D`
}
