/** bundles/*.yaml → bundles; their flow is compiled in flows.ts. */
import { checkFileName } from './catalogue.ts'
import { type Issues, type Place, under } from './issues.ts'
import { type Entry, makeTable, maybe, readText, readWhen, type Sheet, type Sheets, type Table } from './reading.ts'
import type { BundleSource, ExampleSource, FieldSource, QuestionSource } from './schema/bundle.ts'
import type { TextSource } from './schema/words.ts'
import type { Bundle, BundleExample, BundleNode, Field, Question } from './vocabulary.ts'

/** Id of the flow that a bundle is compiled to. */
export function bundleFlowId(bundle: string): string {
  return `bundle:${bundle}`
}

/** `version` is that of bundles which name none. */
export function readBundles(sheets: Sheets, version: string, issues: Issues): Table<Bundle> {
  const entries = sheets.bundle.map((sheet): Entry<Bundle> => ({ value: readBundle(sheet, version, issues), place: sheet.place }))
  return makeTable('bundle', entries, issues)
}

function readBundle({ place, data }: Sheet<'bundle'>, version: string, issues: Issues): Bundle {
  checkFileName(data.id, place, issues)
  return {
    id: data.id,
    version: data.version ?? version,
    title: readText(data.title),
    summary: readText(data.summary),
    synonyms: data.synonyms ?? [],
    stage: data.stage,
    service: data.service ?? [],
    lead: data.lead,
    status: data.status ?? 'in-use',
    parties: data.parties,
    questions: (data.questions ?? []).map((source, index) => readQuestion(source, under(place, 'questions', index), issues)),
    form: readForm(data, place, issues),
    nodes: data.nodes.map((source, index) => readNode(source, under(place, 'nodes', index), issues)),
    completion: data.completion ?? 'all',
    flow: bundleFlowId(data.id),
    register: data.register ?? [],
    ...maybe('counter', data.counter, readText),
    examples: (data.examples ?? []).map(readExample),
  }
}

function readQuestion(source: QuestionSource, place: Place, issues: Issues): Question {
  return {
    id: source.id,
    text: readText(source.text),
    ...maybe('hint', source.hint, readText),
    type: source.type,
    ...maybe('options', source.options, readOptions),
    ...readWhen(source.when, place, issues),
    prefill: source.prefill ?? [],
  }
}

function readOptions(options: readonly { value: string; title: TextSource }[]) {
  return options.map(({ value, title }) => ({ value, title: readText(title) }))
}

function readForm(data: BundleSource, place: Place, issues: Issues): Bundle['form'] {
  return (data.form ?? []).map((section, index) => {
    const here = under(place, 'form', index)
    return {
      id: section.id,
      title: readText(section.title),
      ...readWhen(section.when, here, issues),
      fields: section.fields.map((field, at) => readField(field, under(here, 'fields', at), issues)),
    }
  })
}

function readField(source: FieldSource, place: Place, issues: Issues): Field {
  const { id, type, min, max, pattern } = source
  return {
    id,
    title: readText(source.title),
    type,
    required: source.required ?? true,
    ...readWhen(source.when, place, issues),
    ...maybe('options', source.options, readOptions),
    prefill: source.prefill ?? [],
    editable: source.editable ?? true,
    ...maybe('min', min, (n) => n),
    ...maybe('max', max, (n) => n),
    ...maybe('pattern', pattern, (words) => words),
    ...maybe('hint', source.hint, readText),
    ...maybe('fields', source.fields, (rows) => rows.map((row, index) => readField(row, under(place, 'fields', index), issues))),
    ...maybe('usedBy', source.used_by, (matters) => matters),
  }
}

function readNode(source: BundleSource['nodes'][number], place: Place, issues: Issues): BundleNode {
  return {
    id: source.id,
    matter: source.matter,
    after: source.after ?? [],
    ...readWhen(source.when, place, issues),
    ...maybe('because', source.because, readText),
    optional: source.optional ?? false,
  }
}

function readExample({ title, answers, party, form, expect }: ExampleSource): BundleExample {
  return {
    title,
    answers,
    ...maybe('party', party, (facts) => facts),
    ...maybe('form', form, (facts) => facts),
    expect: readExpectation(expect),
  }
}

function readExpectation({ nodes, materials, unknown, promise }: ExampleSource['expect']): BundleExample['expect'] {
  return {
    nodes,
    ...maybe('materials', materials, (ids) => ids),
    ...maybe('unknown', unknown, (facts) => facts),
    ...maybe('promise', promise, (limit) => limit),
  }
}
