/** The contract as a page: one self-contained HTML document made from the OpenAPI description, readable without scripts. */
type Operation = {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: unknown }[]
  readonly requestBody?: { readonly content?: { readonly [type: string]: { readonly schema?: unknown } } }
  readonly responses?: {
    readonly [status: string]: {
      readonly description?: string
      readonly content?: { readonly [type: string]: { readonly schema?: unknown } }
    }
  }
}
export type OpenApi = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths?: { readonly [path: string]: { readonly [method: string]: Operation } }
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
h2{margin-top:2.5rem;border-bottom:1px solid #d0d7de}h3{margin-top:1.5rem}code,pre{font:13px/1.45 ui-monospace,monospace}
pre{background:#f6f8fa;padding:.75rem;overflow:auto;border-radius:6px}table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}
.method{font-weight:600;color:#0550ae}summary{cursor:pointer}`

export function docsPage(document: OpenApi): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other')
  const sections = [...groups].map(
    ([tag, list]) => `<h2 id="${html(tag)}">${html(tag)}</h2>${list.map((one) => section(one.method, one.path, one.operation)).join('')}`,
  )
  const contents = [...groups.keys()].map((tag) => `<a href="#${html(tag)}">${html(tag)}</a>`).join(' · ')
  const { title, version, description = '' } = document.info
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${html(title)} API</title><style>${STYLE}</style></head><body><main><h1>${html(title)} API ${html(version)}</h1>
<p>${html(description)} The same as data: <a href="/api/openapi.json">/api/openapi.json</a>.</p><nav>${contents}</nav>${sections.join('')}${refusals(operations.map((one) => one.operation))}</main></body></html>`
}

function section(method: string, path: string, operation: Operation): string {
  const access = (operation.security ?? []).length === 0 ? 'public' : 'session'
  return `<h3 id="${html(operation.operationId ?? path)}"><span class="method">${method}</span> <code>${html(path)}</code></h3>
<p>${html(operation.summary ?? '')} <em>(${access})</em></p>${parameters(operation)}${body(operation)}${answers(operation)}`
}

function parameters({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(
    (one) =>
      `<tr><td><code>${html(one.name)}</code></td><td>${one.in}${one.required === true ? ', required' : ''}</td><td><code>${html(shape(one.schema))}</code></td></tr>`,
  )
  return `<table><tbody>${rows.join('')}</tbody></table>`
}

function body({ requestBody }: Operation): string {
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  return schema === undefined ? '' : folded('Request body', schema)
}

function answers({ responses = {} }: Operation): string {
  const rows = Object.entries(responses).map(([status, answer]) => {
    const schema = Object.values(answer.content ?? {})[0]?.schema
    return status === '200' && schema !== undefined
      ? folded('Answer 200', schema)
      : `<p><strong>${status}</strong> ${codes(answer.description ?? '')}</p>`
  })
  return rows.join('')
}

function codes(description: string): string {
  return description
    .split(' · ')
    .map((code) => `<a href="#${html(code)}"><code>${html(code)}</code></a>`)
    .join(' ')
}

/** Problems point here by their `type`. */
function refusals(operations: readonly Operation[]): string {
  const byCode = new Map<string, string>()
  for (const { responses = {} } of operations) {
    for (const [status, { description = '' }] of Object.entries(responses)) {
      if (status !== '200') for (const code of description.split(' · ')) byCode.set(code, status)
    }
  }
  const rows = [...byCode]
    .sort()
    .map(([code, status]) => `<tr id="${html(code)}"><td><code>${html(code)}</code></td><td>${status}</td></tr>`)
  return `<h2>Refusal codes</h2><table><tbody>${rows.join('')}</tbody></table>`
}

function folded(title: string, schema: unknown): string {
  return `<details><summary>${title}</summary><pre>${html(JSON.stringify(schema, null, 2))}</pre></details>`
}

function shape(schema: unknown): string {
  const { type, enum: values, format } = (schema ?? {}) as { type?: string; enum?: unknown[]; format?: string }
  return values?.join(' | ') ?? [type ?? 'any', format].filter(Boolean).join(' ')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
function html(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
