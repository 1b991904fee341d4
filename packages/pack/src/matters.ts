/** matters/*.yaml → the implementation list (实施清单), with the elements that its guide lacks. */
import { checkFileName } from './catalogue.ts'
import { matterCode } from './codes.ts'
import { missingElements } from './guide.ts'
import { type Issues, type Place, under } from './issues.ts'
import { type Entry, makeTable, maybe, readLimit, readText, readWhen, type Sheet, type Sheets, type Table } from './reading.ts'
import type { MatterSource } from './schema/matter.ts'
import type { CityPack, Matter, MatterMaterial } from './vocabulary.ts'

const INSTANT = 'instant'

/** `city` gives the organisations: a matter whose code is not written gets that of its department. */
export function readMatters(sheets: Sheets, city: Pick<CityPack, 'root' | 'orgs'>, issues: Issues): Table<Matter> {
  const entries = sheets.matter.map((sheet): Entry<Matter> => ({ value: readMatter(sheet, city, issues), place: sheet.place }))
  return makeTable('matter', entries, issues)
}

function readMatter({ place, data }: Sheet<'matter'>, city: Pick<CityPack, 'root' | 'orgs'>, issues: Issues): Matter {
  checkFileName(data.id, place, issues)
  for (const element of missingElements(data)) {
    const message = `The guide lacks ${element.title.zh} (${element.title.en}): write "${element.key}".`
    issues.warn(place, 'guide-incomplete', message)
  }
  const limits = readLimits(data, place, issues)
  return {
    ...identity(data, city),
    limits,
    kind: data.kind ?? (data.limits.promised === INSTANT ? 'instant' : 'promise'),
    conditions: (data.conditions ?? []).map(readText),
    materials: (data.materials ?? []).map((source, index) => readMaterial(source, under(place, 'materials', index), issues)),
    process: (data.process ?? []).map((source, index) => readStep(source, under(place, 'process', index), issues)),
    fee: readFee(data),
    ...service(data),
    ...rights(data),
    flow: data.flow,
    onSite: data.on_site ?? false,
  }
}

function identity(data: MatterSource, city: Pick<CityPack, 'root' | 'orgs'>) {
  return {
    id: data.id,
    code: data.code ?? matterCode(data, city),
    basicCode: data.basic_code ?? '',
    version: data.version ?? '1',
    title: readText(data.title),
    type: data.type ?? '10',
    level: data.level ?? '4',
    dept: data.dept,
    status: data.status ?? ('in-use' as const),
    initiatedBy: data.initiated_by ?? ('applicant' as const),
    service: data.service ?? [],
    basis: (data.basis ?? []).map(({ law, article, words }) => ({ law, article: article ?? '', ...maybe('words', words, (said) => said) })),
  }
}

function readLimits(data: MatterSource, place: Place, issues: Issues): Matter['limits'] {
  return {
    statutory: readLimit(data.limits.statutory, under(place, 'limits', 'statutory'), issues),
    promised: readLimit(data.limits.promised, under(place, 'limits', 'promised'), issues),
    ...maybe('note', data.limits.note, readText),
  }
}

type MaterialSource = NonNullable<MatterSource['materials']>[number]
type StepSource = NonNullable<MatterSource['process']>[number]

function readMaterial(source: MaterialSource, place: Place, issues: Issues): MatterMaterial {
  return {
    material: source.material,
    need: source.need ?? 'required',
    ...readWhen(source.when, place, issues),
    ...maybe('tolerance', source.tolerance, ({ limit, consequence }) => ({
      limit: readLimit(limit, under(place, 'tolerance', 'limit'), issues),
      consequence: readText(consequence),
    })),
  }
}

function readStep(source: StepSource, place: Place, issues: Issues): Matter['process'][number] {
  return {
    step: readText(source.step),
    role: readText(source.role),
    ...maybe('limit', source.limit, (limit) => readLimit(limit, under(place, 'limit'), issues)),
    ...maybe('standard', source.standard, readText),
  }
}

function readFee({ fee }: MatterSource): Matter['fee'] {
  if (fee === undefined || !fee.charged) return { charged: false }
  return { charged: true, item: readText(fee.item), standard: readText(fee.standard), basis: fee.basis }
}

const UNSAID = { zh: '未公布', en: 'not published' }

function service(data: MatterSource) {
  return {
    channels: data.channels ?? [],
    visits: data.visits ?? 0,
    scope: data.scope ?? ('county' as const),
    place: readText(data.place ?? UNSAID),
    hours: readText(data.hours ?? UNSAID),
    consult: data.consult ?? '',
    complain: data.complain ?? '',
    results: (data.results ?? []).map((result) => ({
      title: readText(result.title),
      ...maybe('certificate', result.certificate, (id) => id),
      mode: result.mode ?? (result.certificate === undefined ? ('none' as const) : ('issue' as const)),
    })),
    intermediary: data.intermediary === undefined || data.intermediary === null ? null : readText(data.intermediary),
    topics: data.topics ?? [],
  }
}

function rights(data: MatterSource) {
  const remedies = data.remedies ?? { review: UNSAID, litigation: UNSAID }
  return {
    rights: (data.rights ?? []).map(readText),
    remedies: { review: readText(remedies.review), litigation: readText(remedies.litigation) },
    faq: (data.faq ?? []).map(({ q, a }) => ({ q: readText(q), a: readText(a) })),
  }
}
