import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { sessionQuery } from './platform/session.ts'
import { Broken } from './shell/Broken.tsx'
import { homeOf } from './shell/homes.ts'
import { NotFound } from './shell/NotFound.tsx'
import { PageLoading } from './shell/PageLoading.tsx'

type Context = { readonly queryClient: QueryClient }

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken })

/** Pages of one's own: who is not logged in logs in first and comes back. */
async function loggedIn({ context, location }: { context: Context; location: { href: string } }): Promise<void> {
  const session = await context.queryClient.ensureQueryData(sessionQuery)
  if (session === null) throw redirect({ to: '/login', search: { back: location.href } })
}

type Search = { readonly back?: string }

/** Who is logged in already goes on to where the login would have led. Without an answer the page itself says what is wrong. */
async function notYetLoggedIn({ context, search }: { context: Context; search: Search }): Promise<void> {
  const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => null)
  if (session === null) return
  throw search.back === undefined ? redirect({ to: homeOf(session), replace: true }) : redirect({ href: search.back, replace: true })
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): Search => (typeof search.back === 'string' && /^\/(?!\/)/.test(search.back) ? { back: search.back } : {}),
  beforeLoad: notYetLoggedIn,
  component: lazyRouteComponent(() => import('./shell/LoginPage.tsx'), 'LoginPage'),
})

// ---------------------------------------------------------------- portal 企业群众端

const portalPages = () => import('./desks/portal/pages.tsx')
const portal = createRoute({
  getParentRoute: () => root,
  id: 'portal',
  component: lazyRouteComponent(() => import('./desks/portal/PortalShell.tsx'), 'PortalShell'),
})
const home = createRoute({
  getParentRoute: () => portal,
  path: '/',
  component: lazyRouteComponent(() => import('./desks/portal/Home.tsx'), 'Home'),
})
const things = createRoute({
  getParentRoute: () => portal,
  path: '/things',
  validateSearch: (search): { readonly q?: string } => (typeof search.q === 'string' ? { q: search.q } : {}),
  component: lazyRouteComponent(portalPages, 'Things'),
})
const bundle = createRoute({ getParentRoute: () => portal, path: '/things/$bundle', component: lazyRouteComponent(portalPages, 'Bundle') })
const matter = createRoute({ getParentRoute: () => portal, path: '/matters/$matter', component: lazyRouteComponent(portalPages, 'Matter') })
const limits = createRoute({ getParentRoute: () => portal, path: '/limits', component: lazyRouteComponent(portalPages, 'Limits') })
const verify = createRoute({ getParentRoute: () => portal, path: '/verify', component: lazyRouteComponent(portalPages, 'VerifyForm') })
const verified = createRoute({
  getParentRoute: () => portal,
  path: '/verify/$identifier',
  component: lazyRouteComponent(portalPages, 'Verify'),
})

const own = createRoute({ getParentRoute: () => portal, id: 'own', beforeLoad: loggedIn, component: Outlet })
const apply = createRoute({
  getParentRoute: () => own,
  path: '/apply/$draft',
  validateSearch: (search): { readonly step?: string } => (typeof search.step === 'string' ? { step: search.step } : {}),
  component: lazyRouteComponent(portalPages, 'Apply'),
})
const cases = createRoute({ getParentRoute: () => own, path: '/cases', component: lazyRouteComponent(portalPages, 'MyCases') })
const ownCase = createRoute({ getParentRoute: () => own, path: '/cases/$case', component: lazyRouteComponent(portalPages, 'MyCase') })
const receipt = createRoute({
  getParentRoute: () => own,
  path: '/cases/$case/receipt',
  component: lazyRouteComponent(portalPages, 'CaseReceipt'),
})
const wallet = createRoute({ getParentRoute: () => own, path: '/wallet', component: lazyRouteComponent(portalPages, 'Wallet') })
const certificate = createRoute({
  getParentRoute: () => own,
  path: '/wallet/$certificate',
  component: lazyRouteComponent(portalPages, 'OneCertificate'),
})
const notices = createRoute({ getParentRoute: () => own, path: '/notices', component: lazyRouteComponent(portalPages, 'Notices') })
const me = createRoute({ getParentRoute: () => own, path: '/me', component: lazyRouteComponent(portalPages, 'Me') })
const party = createRoute({ getParentRoute: () => own, path: '/parties/$party', component: lazyRouteComponent(portalPages, 'OneParty') })

// ---------------------------------------------------------------- staff desks

const staff = createRoute({
  getParentRoute: () => root,
  id: 'staff',
  beforeLoad: loggedIn,
  component: lazyRouteComponent(() => import('./shell/StaffShell.tsx'), 'StaffShell'),
})
const counterPages = () => import('./desks/counter/pages.tsx')
const counter = createRoute({ getParentRoute: () => staff, path: '/counter', component: lazyRouteComponent(counterPages, 'Queue') })
const counterNew = createRoute({ getParentRoute: () => staff, path: '/counter/new', component: lazyRouteComponent(counterPages, 'Start') })
const counterApply = createRoute({
  getParentRoute: () => staff,
  path: '/counter/apply/$draft',
  validateSearch: (search): { readonly step?: string } => (typeof search.step === 'string' ? { step: search.step } : {}),
  component: lazyRouteComponent(counterPages, 'Apply'),
})
const counterShelf = createRoute({
  getParentRoute: () => staff,
  path: '/counter/shelf',
  component: lazyRouteComponent(counterPages, 'Shelf'),
})
const counterCase = createRoute({
  getParentRoute: () => staff,
  path: '/counter/cases/$case',
  component: lazyRouteComponent(counterPages, 'Intake'),
})

const departmentPages = () => import('./desks/department/pages.tsx')
const department = createRoute({
  getParentRoute: () => staff,
  path: '/department',
  component: lazyRouteComponent(departmentPages, 'Inbox'),
})
const departmentCases = createRoute({
  getParentRoute: () => staff,
  path: '/department/cases',
  component: lazyRouteComponent(departmentPages, 'Cases'),
})
const departmentCase = createRoute({
  getParentRoute: () => staff,
  path: '/department/cases/$case',
  component: lazyRouteComponent(departmentPages, 'OneCase'),
})
const departmentReviews = createRoute({
  getParentRoute: () => staff,
  path: '/department/reviews',
  component: lazyRouteComponent(departmentPages, 'Reviews'),
})

const supervisionPages = () => import('./desks/supervision/pages.tsx')
const supervision = createRoute({
  getParentRoute: () => staff,
  path: '/supervision',
  component: lazyRouteComponent(supervisionPages, 'Board'),
})
const supervisionCase = createRoute({
  getParentRoute: () => staff,
  path: '/supervision/cases/$case',
  component: lazyRouteComponent(supervisionPages, 'OneCase'),
})

const tree = root.addChildren([
  login,
  portal.addChildren([
    home,
    things,
    bundle,
    matter,
    limits,
    verify,
    verified,
    own.addChildren([apply, cases, ownCase, receipt, wallet, certificate, notices, me, party]),
  ]),
  staff.addChildren([
    counter,
    counterNew,
    counterApply,
    counterShelf,
    counterCase,
    department,
    departmentCases,
    departmentCase,
    departmentReviews,
    supervision,
    supervisionCase,
  ]),
])

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    notFoundMode: 'root',
    scrollRestoration: true,
  })
}
