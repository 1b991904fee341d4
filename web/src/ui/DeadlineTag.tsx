import { day, remainingWords } from '../platform/dates.ts'
import { t } from '../platform/i18n.ts'
import type { Light, Limit } from '../platform/vocabulary.ts'
import { Icon, type IconName } from './Icon.tsx'

const ICONS: { readonly [light in Light]: IconName } = { green: 'check', blue: 'bell', yellow: 'warn', red: 'stop', grey: 'pause' }

/** A light is never a colour alone: colour, icon and word. */
export function LightTag({ light, word }: { light: Light; word?: string | undefined }) {
  return (
    <span className={`lamp light-${light}`}>
      <Icon name={ICONS[light]} size={15} />
      {word ?? t(`light.${light}`)}
    </span>
  )
}

type Props = {
  readonly light: Light
  readonly dueAt: string | null
  /** In `unit`, negative when over; left out where only the date is known. */
  readonly remaining?: number | undefined
  readonly unit?: Limit['unit'] | undefined
  readonly provisional?: boolean | undefined
  readonly stopped?: boolean | undefined
  /** Opens "why this day?"; without it the tag is plain text. */
  readonly onWhy?: (() => void) | undefined
}

/** Light, date and countdown of one clock: `绿 正常 · 11月27日 周五 (还剩 3 个工作日)`. */
export function DeadlineTag(props: Props) {
  const inside = (
    <>
      <LightTag light={props.light} word={props.stopped === true ? t('deadline.stopped') : undefined} />
      <span className="when">{whenWords(props)}</span>
      {props.provisional === true && <span className="provisional">{t('deadline.provisional')}</span>}
    </>
  )
  if (props.onWhy === undefined) return <span className="deadline">{inside}</span>
  return (
    <button type="button" className="deadline" onClick={props.onWhy} title={t('deadline.why')}>
      {inside}
      <span className="visually-hidden">{t('deadline.why')}</span>
    </button>
  )
}

function whenWords({ light, dueAt, remaining, unit, stopped }: Props): string {
  if (dueAt === null) return light === 'grey' ? t('deadline.paused') : t('deadline.none')
  const date = day(dueAt)
  if (stopped === true || remaining === undefined || unit === undefined) return t('deadline.by', { date })
  // Less than one unit late counts as 0 like the last day does; the card tells them apart.
  const late = remaining === 0 && (light === 'yellow' || light === 'red')
  return t('deadline.withCountdown', { date, countdown: late ? t('deadline.past') : remainingWords(remaining, unit) })
}
