import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { type MessageKey, t, words } from '../../platform/i18n.ts'
import { useCity, useLogOut, useSession } from '../../platform/session.ts'
import { DemoClock } from '../../shell/DemoClock.tsx'
import { Preferences } from '../../shell/Preferences.tsx'
import { Icon, type IconName, Mark } from '../../ui/Icon.tsx'
import '../../shell/shell.css'
import './portal.css'

const TABS: readonly { readonly to: '/' | '/things' | '/cases' | '/me'; readonly title: MessageKey; readonly icon: IconName }[] = [
  { to: '/', title: 'tab.home', icon: 'home' },
  { to: '/things', title: 'tab.things', icon: 'grid' },
  { to: '/cases', title: 'tab.cases', icon: 'tasks' },
  { to: '/me', title: 'tab.me', icon: 'person' },
]
const STAFF_DESKS = ['counter', 'department', 'supervision'] as const

/** Phone first: bar above, tabs below; on a desk the tabs stand in the bar. */
export function PortalShell() {
  const city = useCity()
  const session = useSession()
  const logOut = useLogOut()
  const navigate = useNavigate()
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const here = useRouterState({ select: (state) => state.location.href })
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is read from its start
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [path])
  const leave = async () => {
    await logOut()
    await navigate({ to: '/' })
  }
  return (
    <div className="portal">
      <a href="#main" className="skip-link">
        {t('nav.skip')}
      </a>
      <header className="topbar on-accent">
        <div className="wrap">
          <Link to="/" className="brand">
            <Mark size={34} inverse />
            <span>
              <span className="city">{words(city?.title)}</span>
              <strong>{t('brand.name')}</strong>
            </span>
          </Link>
          <Tabs className="top-tabs" />
          <div className="topbar-side">
            <Preferences />
            {session != null ? (
              <>
                {STAFF_DESKS.filter((desk) => session.desks.includes(desk)).map((desk) => (
                  <Link key={desk} to={`/${desk}`} className="bar-link wide-only">
                    {t(`desk.${desk}`)}
                  </Link>
                ))}
                <Link to="/notices" className="bar-link" aria-label={t('notices.link', { n: session.unread })}>
                  <Icon name="bell" />
                  {session.unread > 0 && <span className="badge">{session.unread > 99 ? '99+' : session.unread}</span>}
                </Link>
                <button type="button" className="bar-link" onClick={() => void leave()}>
                  <Icon name="out" />
                  <span className="wide-only">{words(session.name)}</span>
                  <span className="visually-hidden">{t('nav.logOut')}</span>
                </button>
              </>
            ) : (
              session === null && (
                <Link to="/login" search={path === '/' ? {} : { back: here }} className="bar-link">
                  <Icon name="person" />
                  {t('nav.logIn')}
                </Link>
              )
            )}
          </div>
        </div>
      </header>
      <main id="main" aria-label={t('nav.main')} ref={main} tabIndex={-1} className="wrap">
        <Outlet />
      </main>
      <footer className="page-foot wrap">
        <DemoClock />
        <p>
          <Link to="/limits">{t('limits.title')}</Link> · <Link to="/verify">{t('verify.title')}</Link> ·{' '}
          <a href="/api/docs">{t('foot.api')}</a>
        </p>
        <p>{city?.demo === true ? t('foot.demo') : words(city?.title)}</p>
      </footer>
      <Tabs className="bottom-tabs" />
    </div>
  )
}

function Tabs({ className }: { className: string }) {
  return (
    <nav className={className} aria-label={t('nav.label')}>
      <ul>
        {TABS.map((tab) => (
          <li key={tab.to}>
            <Link to={tab.to} activeOptions={{ exact: tab.to === '/' }} activeProps={{ 'aria-current': 'page' }}>
              <Icon name={tab.icon} size={22} />
              {t(tab.title)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
