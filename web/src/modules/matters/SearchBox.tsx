import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { t, words } from '../../platform/i18n.ts'
import { useSettled } from '../../platform/page.ts'
import { Icon } from '../../ui/Icon.tsx'
import { bundlesQuery, mattersQuery } from './queries.ts'

export type Target = { readonly kind: 'bundle' | 'matter'; readonly id: string }
type Props = {
  readonly start?: string
  readonly link: (target: Target, children: ReactNode) => ReactNode
  readonly onSearch: (q: string) => void
}

/** One box for plain words: 我想开个奶茶店. Suggestions are ordinary links, reached by Tab. */
export function SearchBox({ start = '', link, onSearch }: Props) {
  const [text, setText] = useState(start)
  const [open, setOpen] = useState(false)
  const q = useSettled(text.trim())
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setOpen(false)
    onSearch(text.trim())
  }
  return (
    <search
      className="search-box"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <form onSubmit={submit}>
        <label className="visually-hidden" htmlFor={id}>
          {t('search.label')}
        </label>
        <Icon name="search" size={22} />
        <input
          id={id}
          type="search"
          value={text}
          placeholder={t('search.placeholder')}
          autoComplete="off"
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setText(event.target.value)
            setOpen(true)
          }}
        />
        <button type="submit" className="button primary">
          {t('search.go')}
        </button>
      </form>
      {open && q.length > 0 && <Suggestions q={q} link={link} />}
    </search>
  )
}

function Suggestions({ q, link }: { q: string; link: Props['link'] }) {
  const bundles = useQuery(bundlesQuery(q)).data?.bundles ?? []
  const matters = useQuery(mattersQuery(q)).data?.matters ?? []
  const rows = [
    ...bundles
      .slice(0, 5)
      .map((bundle) => ({ target: { kind: 'bundle', id: bundle.id } as const, title: words(bundle.title), note: t('things.bundle') })),
    ...matters
      .slice(0, 4)
      .map((matter) => ({ target: { kind: 'matter', id: matter.id } as const, title: words(matter.title), note: words(matter.dept) })),
  ]
  return (
    <div className="suggestions">
      {rows.length === 0 ? (
        <p className="muted">{t('search.nothing', { q })}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={`${row.target.kind}${row.target.id}`}>
              {link(
                row.target,
                <>
                  <span>{row.title}</span>
                  <span className="small muted">{row.note}</span>
                </>,
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
