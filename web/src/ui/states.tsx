import type { ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import { isUnauthenticated, problemWords } from '../platform/problem.ts'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'

/** No empty page without a sentence and the next step. */
export function EmptyState({
  icon = 'tasks',
  title,
  children,
  action,
}: {
  icon?: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="state">
      <Icon name={icon} size={40} />
      <p className="title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action !== undefined && <div className="actions">{action}</div>}
    </div>
  )
}

type ErrorProps = {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  readonly action?: ReactNode
  /** The error stands for a whole page: it is the page's heading. */
  readonly page?: boolean | undefined
}

/** What went wrong, how to mend it, and the button that tries again. */
export function ErrorState({ error, onRetry, action, page = false }: ErrorProps) {
  const Title = page ? 'h1' : 'p'
  return (
    <div className="state" role="alert">
      <Icon name="warn" size={40} />
      <Title className="title">{t('state.failed')}</Title>
      <p>{problemWords(error)}</p>
      <div className="actions">
        {isUnauthenticated(error) ? (
          <a className="button primary" href={`/login?back=${encodeURIComponent(location.pathname)}`}>
            {t('nav.logIn')}
          </a>
        ) : (
          onRetry !== undefined && (
            <Button icon="refresh" onClick={onRetry}>
              {t('state.retry')}
            </Button>
          )
        )}
        {action}
      </div>
    </div>
  )
}

export function Loading({ lines = 4 }: { lines?: number }) {
  const widths = ['92%', '78%', '85%', '60%', '88%', '70%', '82%', '55%']
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('state.loading')}</span>
      {widths.slice(0, lines).map((width) => (
        <i key={width} style={{ width }} />
      ))}
    </div>
  )
}

export function Notice({ tone = 'info', children }: { tone?: 'info' | 'warn' | 'bad' | 'good'; children: ReactNode }) {
  const icon: IconName = tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'warn'
  return (
    <div className={`notice ${tone === 'info' ? '' : tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  )
}

/** A refusal beside the button that met it. */
export function ProblemNotice({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  return <Notice tone="bad">{problemWords(error)}</Notice>
}
