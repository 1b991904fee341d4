import { Link } from '@tanstack/react-router'
import { t } from '../platform/i18n.ts'
import { EmptyState } from '../ui/states.tsx'

export function NotFound() {
  return (
    <div>
      <EmptyState
        icon="search"
        title={t('notFound.title')}
        action={
          <Link to="/" className="button primary">
            {t('notFound.home')}
          </Link>
        }
      >
        {t('notFound.words')}
      </EmptyState>
    </div>
  )
}
