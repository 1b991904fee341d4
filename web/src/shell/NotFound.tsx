import { Link } from '@tanstack/react-router'
import { t } from '../platform/i18n.ts'
import { usePageTitle } from '../platform/page.ts'
import { Icon } from '../ui/Icon.tsx'

export function NotFound() {
  usePageTitle(t('notFound.title'))
  return (
    <main className="state" style={{ minHeight: '80dvh', justifyContent: 'center' }}>
      <Icon name="search" size={40} />
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.words')}</p>
      <p className="actions">
        <Link to="/" className="button primary">
          {t('notFound.home')}
        </Link>
      </p>
    </main>
  )
}
