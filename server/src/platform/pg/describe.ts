/** What PostgreSQL itself says about a statement, without running it: parameter types and the row it would give. */
import type pg from 'pg'
import { baseType, OIDS } from './columns.ts'
import type { Statement } from './statement.ts'

export type Described = { readonly parameters: number; readonly columns: readonly { readonly name: string; readonly oid: number }[] }

type Field = { readonly name: string; readonly dataTypeID: number }
type Wire = pg.Connection & { parse(what: object): void; describe(what: object): void; sync(): void }

/** Parse and describe through the extended protocol. The client must not pipeline. */
export function describeStatement(client: pg.Client, text: string): Promise<Described> {
  return new Promise((done, fail) => {
    let parameters = 0
    let fields: readonly Field[] = []
    let error: Error | undefined
    const { connection } = client as unknown as { connection: Wire }
    const counted = (message: { dataTypeIDs: readonly number[] }) => {
      parameters = message.dataTypeIDs.length
    }
    connection.on('parameterDescription' as never, counted as never)
    const settle = () => {
      connection.off('parameterDescription', counted)
      if (error !== undefined) fail(error)
      else done({ parameters, columns: fields.map((field) => ({ name: field.name, oid: field.dataTypeID })) })
    }
    client.query({
      submit: () => {
        connection.parse({ name: '', text, types: [] })
        connection.describe({ type: 'S', name: '' })
        connection.sync()
      },
      handleRowDescription: (message: { fields: readonly Field[] }) => {
        fields = message.fields
      },
      handleReadyForQuery: settle,
      handleError: (failure: Error) => {
        error = failure
        // The server answers the sync all the same; the client gives that to nobody, so the end is now.
        settle()
      },
    } as never)
  })
}

/** What differs between a statement's declaration and the schema; empty when nothing does. */
export async function driftOf(client: pg.Client, statement: Statement<unknown>): Promise<string[]> {
  const described = await describeStatement(client, statement.text).catch((error: Error) => error)
  if (described instanceof Error) return [`${statement.name}: ${described.message}`]
  const live = new Map(described.columns.map((column) => [column.name, column.oid]))
  const declared = Object.entries(statement.columns)
  const wrong = declared.flatMap(([name, type]) => {
    const oid = live.get(name)
    if (oid === undefined) return [`${statement.name}: declares ${name}, which the statement does not give`]
    return oid === OIDS[baseType(type)] ? [] : [`${statement.name}: declares ${name} as ${type}, the schema gives type ${oid}`]
  })
  const extra = declared.length === 0 ? [] : [...live.keys()].filter((name) => !(name in statement.columns))
  const double = described.columns.length === live.size ? [] : [`${statement.name}: gives two columns of one name`]
  return [...wrong, ...double, ...extra.map((name) => `${statement.name}: gives ${name}, which is not declared`)]
}
