import { t, words } from '../platform/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { Box } from './Box.tsx'
import { checkWith, plainKind, showWith } from './plain.ts'
import type { Fault, FieldKind, FieldShape } from './vocabulary.ts'

type Row = { readonly [field: string]: unknown }

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : []
}

/** Rows of the same few fields: shareholders, staff, sites. */
export const list: FieldKind = {
  group: true,
  Input: ({ id, field, value, describedBy, onChange }) => {
    const rows = rowsOf(value)
    const put = (index: number, row: Row) => onChange(rows.map((each, place) => (place === index ? row : each)))
    return (
      <div className="stack" id={id} tabIndex={-1} style={{ '--gap': '12px' } as React.CSSProperties}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <fieldset key={index} className="list-row grid-2" aria-describedby={describedBy}>
            <legend className="visually-hidden">{t('field.row', { n: index + 1, title: words(field.title) })}</legend>
            {(field.fields ?? []).map((column) => (
              <Box
                key={column.id}
                kind={plainKind(column.type)}
                id={`${id}-${index}-${column.id}`}
                field={field.editable ? column : { ...column, editable: false }}
                value={row[column.id]}
                onChange={(next) => put(index, { ...row, [column.id]: next })}
              />
            ))}
            {field.editable && (
              <div className="wide">
                <Button size="small" look="plain" icon="trash" onClick={() => onChange(rows.filter((_, place) => place !== index))}>
                  {t('field.removeRow', { n: index + 1 })}
                </Button>
              </div>
            )}
          </fieldset>
        ))}
        {field.editable && (
          <div>
            <Button size="small" icon="plus" onClick={() => onChange([...rows, {}])}>
              {t('field.addRow')}
            </Button>
          </div>
        )}
      </div>
    )
  },
  output: (value, field) =>
    rowsOf(value)
      .map((row) => rowWords(row, field))
      .join('；'),
  check: (value, field) => checkRows(rowsOf(value), field),
}

function rowWords(row: Row, field: FieldShape): string {
  return (field.fields ?? [])
    .map((column) => `${words(column.title)} ${showWith(plainKind(column.type), row[column.id], column)}`)
    .join(' · ')
}

function checkRows(rows: readonly Row[], field: FieldShape): Fault | null {
  if (field.min !== undefined && rows.length < field.min) return { key: 'field.error.rows', params: { n: field.min } }
  for (const [index, row] of rows.entries()) {
    const bad = (field.fields ?? []).find((column) => checkWith(plainKind(column.type), row[column.id], column) !== null)
    if (bad !== undefined) return { key: 'field.error.row', params: { n: index + 1, title: words(bad.title) } }
  }
  return null
}
