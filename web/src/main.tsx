import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { applyPrint, rememberedPrint } from './platform/display.ts'
import { type Language, loadLanguage, rememberedLanguage } from './platform/i18n.ts'
import { LanguageSwitch } from './platform/language.ts'
import { makeQueryClient } from './platform/query.ts'
import { makeRouter } from './router.tsx'
import { Toasts } from './ui/Toast.tsx'
import './ui/base.css'
import './ui/tokens.css'
import './ui/parts.css'

const queryClient = makeQueryClient()
const router = makeRouter(queryClient)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** A change of language draws every page anew, with what was already read. */
function App() {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  const change = async (next: Language) => {
    await loadLanguage(next)
    setLanguage(next)
  }
  return (
    <LanguageSwitch value={{ language, change }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider key={language} router={router} />
        <Toasts />
      </QueryClientProvider>
    </LanguageSwitch>
  )
}

async function start(root: HTMLElement): Promise<void> {
  applyPrint(rememberedPrint())
  await loadLanguage(rememberedLanguage())
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root !== null) void start(root)
