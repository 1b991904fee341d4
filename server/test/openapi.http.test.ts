/** The document that programs of others are written from: valid OpenAPI 3.1, and whole. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import * as contract from '@yichuang/contract'
import { testServer } from './harness.ts'

type Operation = {
  readonly operationId: string
  readonly security: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: object
  readonly responses: { readonly [status: string]: { readonly description: string } }
}
type Document = { readonly openapi: string; readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } } }

const isEndpoint = (one: unknown): one is contract.Endpoint => typeof one === 'object' && one !== null && 'method' in one && 'path' in one
const ENDPOINTS = (Object.values(contract) as unknown[]).filter(isEndpoint)
const addressOf = ({ path }: contract.Endpoint) => `/api/v1${path.replace(/:(\w+)/g, '{$1}')}`

describe('/api/openapi.json', () => {
  let document: Document
  before(async () => {
    const { url } = await testServer()
    document = (await (await fetch(`${url}/api/openapi.json`)).json()) as Document
  })

  it('is a valid document of OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>)
    assert.ok(result.valid, JSON.stringify(result.errors, null, 1))
    assert.match(document.openapi, /^3\.1\./)
  })

  it('has every endpoint of the contract, under its own id, with its parameters and body, and nothing else', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    )
    assert.deepEqual(operations.sort(), ENDPOINTS.map((one) => `${one.id} ${one.method} ${addressOf(one)}`).sort())
    for (const endpoint of ENDPOINTS) {
      const operation = operationOf(endpoint)
      const names = (place: string) => (operation.parameters ?? []).filter((one) => one.in === place).map((one) => one.name)
      assert.deepEqual(names('path').sort(), propertiesOf(endpoint.params), endpoint.id)
      assert.deepEqual(names('query').sort(), propertiesOf(endpoint.query), endpoint.id)
      assert.equal(operation.requestBody !== undefined, propertiesOf(endpoint.body).length > 0, `${endpoint.id}: body`)
    }
  })

  it('says who may call, which key a change carries, and every refusal with its status', () => {
    for (const endpoint of ENDPOINTS) {
      const { security, parameters = [], responses } = operationOf(endpoint)
      assert.equal(security.length === 0, endpoint.access === 'public', endpoint.id)
      const keyed = parameters.some((one) => one.in === 'header' && one.name === 'Idempotency-Key')
      assert.equal(keyed, endpoint.changes && endpoint.method === 'POST', endpoint.id)
      const told = Object.values(responses).flatMap((one) => one.description.split(' · '))
      for (const code of endpoint.refusals) assert.ok(told.includes(code), `${endpoint.id} ${code}`)
      assert.ok(responses['200'] !== undefined)
    }
  })

  function operationOf(endpoint: contract.Endpoint): Operation {
    return document.paths[addressOf(endpoint)]?.[endpoint.method.toLowerCase()] ?? assert.fail(`${endpoint.id} is missing`)
  }
})

function propertiesOf(schema: unknown): string[] {
  return Object.keys((schema as { properties?: object }).properties ?? {}).sort()
}
