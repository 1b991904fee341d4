import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { t, words } from '../../platform/i18n.ts'
import { regionsQuery } from './queries.ts'

/** A county of the city; parks with delegated powers stand among them. */
export function RegionSelect({
  root,
  value,
  onChange,
  label,
}: {
  root: string | undefined
  value: string
  onChange: (code: string) => void
  label: string
}) {
  const id = useId()
  const regions = useQuery({ ...regionsQuery(root), enabled: root !== undefined }).data?.regions ?? []
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('field.choose')}</option>
        {regions.map((region) => (
          <option key={region.code} value={region.code}>
            {words(region.name)}
          </option>
        ))}
      </select>
    </div>
  )
}
