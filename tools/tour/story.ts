/** 个体工商户转型为企业, from the owner's phone to her wallet. Every line is one call of the public API by the person named. */
import * as api from '@yichuang/contract'
import { type Cast, makeCast, type Player } from './stage.ts'
import type { Teller } from './teller.ts'

const BUNDLE = 'sole-trader-to-company'
/** Owners of demonstration shops that can still be converted; the tour takes the first that is free. */
const OWNERS = [
  { person: 'lin-owner', party: 'lin-shop', name: '知夏食品有限公司' },
  { person: 'zhou-owner', party: 'zhou-noodles', name: '予安餐饮有限公司' },
]
const OFFICERS: { readonly [step: string]: string } = {
  'seal-replace': 'gaj-officer',
  'tax-change': 'swj2-officer',
  'social-change': 'rsj-officer',
  'health-change': 'ybj-officer',
  'fund-change': 'gjj-officer',
}

/** What only the owner can say, and what she says where no register knows it of her shop. */
const ANSWERS = { way: 'direct-change', by_agent: false, bank: 'none', assets: [] }
const IF_UNKNOWN: { readonly [question: string]: unknown } = { premises_unchanged: true, layout_unchanged: false, has_staff: false }

export type Story = { readonly cast: Cast; readonly tell: Teller; readonly owner: Player; readonly clerk: Player; readonly caseId: string }

export async function play(url: string, tell: Teller): Promise<void> {
  const cast = makeCast(url)
  const { owner, party, newName } = await findOwner(cast)
  tell.chapter({ zh: '一　手机上：问几个问题，看清要办什么', en: '1  On the phone: a few questions, and the whole plan' })
  const receipt = await apply(cast, tell, { owner, party, newName })
  const story: Story = { cast, tell, owner, clerk: await cast.as('clerk-tianyuan'), caseId: receipt.case }
  tell.chapter({ zh: '二　专窗：容缺受理', en: '2  The special counter: accepted with a gap' })
  await accept(story)
  tell.chapter({ zh: '三　市监：先变更登记', en: '3  Market regulation: the registration first' })
  await register(story)
  tell.chapter({ zh: '四　并联：各部门各走各的表', en: '4  In parallel: every department with its own clock' })
  await parallel(story)
  await food(story)
  tell.chapter({ zh: '五　有一件没人动：亮牌、督办', en: '5  One case is left alone: it climbs the ladder' })
  await neglected(story)
  tell.chapter({ zh: '六　出件、亮证、评价', en: '6  Delivered, in the wallet, rated' })
  await finish(story)
}

export async function findOwner(cast: Cast): Promise<{ owner: Player; party: string; newName: string }> {
  for (const { person, party, name } of OWNERS) {
    const owner = await cast.as(person)
    const { parties } = await owner.client.call(api.listMyParties)
    const { rows } = await owner.client.call(api.listCases, { query: { mine: true, status: 'open' } })
    const shop = parties.find((one) => one.id === party)
    if (shop?.kind === 'sole-trader' && !rows.some((row) => row.partyName === shop.name))
      return { owner, party, newName: `${(await cast.guest.call(api.getCity)).title.zh.replace(/市$/, '')}${name}` }
  }
  throw new Error(
    'every demonstration shop has been converted or has a case running; start the server with a fresh YICHUANG_DATA to play again',
  )
}

type Applying = { readonly owner: Player; readonly party: string; readonly newName: string }

export async function apply(cast: Cast, tell: Teller, { owner, party, newName }: Applying): Promise<api.Receipt> {
  const { bundles } = await cast.guest.call(api.listBundles, { query: { q: '个转企' } })
  tell.line(owner.name, { zh: `搜「个转企」，第一条：${bundles[0]?.title.zh}`, en: `searches 个转企, first hit: ${bundles[0]?.title.en}` })
  const before = await owner.client.call(api.planBundle, { params: { bundle: BUNDLE }, body: { party, answers: ANSWERS } })
  const unknown = before.questions.filter((question) => question.known === undefined && question.id in IF_UNKNOWN)
  const answers = { ...ANSWERS, ...Object.fromEntries(unknown.map(({ id }) => [id, IF_UNKNOWN[id]])) }
  let draft = await owner.client.call(api.createDraft, { body: { bundle: BUNDLE, party, answers } })
  const { plan } = draft
  const known = plan.questions.filter((question) => question.known !== undefined)
  tell.line(owner.name, {
    zh: `${plan.questions.length} 个问题，${known.length} 个系统已知（${known.map((q) => q.known?.words.zh).join('、')}）`,
    en: `${plan.questions.length} questions, ${known.length} known already`,
  })
  const { summary, promise } = plan
  tell.line(owner.name, {
    zh: `方案：${summary.matters} 个事项、${summary.departments} 个部门、材料 ${summary.materials} 份只需上传 ${summary.toUpload} 份，承诺 ${promise.limit.n} 个工作日（关键路径 ${promise.path.join(' → ')}），${promise.dueOn} 前办完`,
    en: `plan: ${summary.matters} matters, ${summary.departments} departments, ${summary.materials} materials of which ${summary.toUpload} to upload, promised in ${promise.limit.n} working days (critical path ${promise.path.join(' → ')}), by ${promise.dueOn}`,
  })
  draft = await fillIn(owner, draft, newName)
  const receipt = await owner.client.call(api.submitDraft, { params: { draft: draft.id }, body: { version: draft.version, signed: true } })
  tell.line(owner.name, {
    zh: `一张表、一套材料，一次提交。回执 ${receipt.no}`,
    en: `one form, one set of materials, submitted once. Receipt ${receipt.no}`,
  })
  return receipt
}

async function fillIn(owner: Player, draft: api.Draft, newName: string): Promise<api.Draft> {
  const fields = draft.plan.form.flatMap((section) => section.fields)
  const given: { [field: string]: unknown } = {
    new_name: newName,
    company_type: 'limited-single',
    capital: 100000,
    debts_taken_over: true,
    seal_name: newName,
    seal_kind: 'set',
    invoices_per_month: 30000,
    fund_rate: 8,
    taxpayer_kind: 'small',
    headcount: 3,
    tax_contact: owner.name.zh,
    bank_name: '示范银行',
    layout_changes: '增设冷藏柜一组，收银台移位',
    food_business_form: '餐饮服务经营者',
    contact_mobile: '19900000002',
    shareholders: [{ name: owner.name.zh, id_number: '430211190003030038', amount: 100000, paid_by: '2030-12-31' }],
  }
  const form = Object.fromEntries(
    fields.filter((field) => field.value === undefined && given[field.id] !== undefined).map((field) => [field.id, given[field.id]]),
  )
  const materials: api.DraftMaterial[] = []
  for (const material of draft.plan.materials) {
    if (material.status === 'promise') materials.push({ material: material.material, promised: true })
    // The floor plan is what she does not have yet: it may follow.
    if (material.status !== 'upload' || material.need === 'optional' || material.material === 'floor-plan') continue
    const file = await owner.upload(`${material.title.zh}.pdf`, material.material)
    materials.push({ material: material.material, file: file.file, name: file.name })
  }
  return owner.client.call(api.saveDraft, { params: { draft: draft.id }, body: { version: draft.version, form, materials } })
}

export async function accept({ tell, clerk, caseId }: Story): Promise<void> {
  const { rows } = await clerk.client.call(api.listInbox, { query: { desk: 'counter' } })
  const task = rows.find((row) => row.case === caseId)
  tell.line(clerk.name, {
    zh: `待办里有 ${rows.length} 件，打开 ${task?.no}「${task?.title.zh}」`,
    en: `${rows.length} in the inbox, opens ${task?.no} ${task?.title.en}`,
  })
  const view = await clerk.see(caseId)
  const lacking = view.materials.filter((material) => material.status === 'missing' && material.tolerance !== undefined)
  const accepted =
    lacking.length === 0
      ? await clerk.act(caseId, 'accept', { step: 'intake' })
      : await clerk.act(caseId, 'accept-with-gaps', { step: 'intake', input: { gaps: lacking.map((material) => material.material) } })
  for (const gap of accepted.gaps) {
    tell.line(clerk.name, {
      zh: `容缺受理：缺「${gap.title}」，${gap.dueOn} 前补交；逾期：${gap.consequence}`,
      en: `accepts without “${gap.title}”, due ${gap.dueOn}`,
    })
  }
  tell.line(
    clerk.name,
    {
      zh: `出具 ${accepted.documents.map((document) => document.title.zh).join('、')}`,
      en: `issues ${accepted.documents.map((document) => document.title.en).join(', ')}`,
    },
    accepted.clocks,
  )
}

/** The part of the bundle at that node, as its own case. */
async function childOf({ owner, caseId }: Story, node: string): Promise<string> {
  const child = (await owner.see(caseId)).steps.find((step) => step.id === node)?.child
  if (child === undefined) throw new Error(`node ${node} has not been opened`)
  return child.id
}

export async function register(story: Story): Promise<void> {
  const { cast, tell, owner } = story
  const child = await childOf(story, 'convert')
  const handler = await cast.as('scj-handler')
  const chief = await cast.as('scj-chief')
  tell.line(
    handler.name,
    { zh: '形式审查通过', en: 'formal examination passed' },
    (await handler.act(child, 'pass', { step: 'examine' })).clocks,
  )
  tell.line(chief.name, { zh: '准予登记', en: 'registration granted' }, (await chief.act(child, 'grant', { step: 'register' })).clocks)
  await handler.act(child, 'hand-over', { step: 'deliver' })
  await settle(story)
  const licence = (await owner.client.call(api.listCertificates, {})).certificates.find(
    (one) => one.type.startsWith('biz-license') && one.status === 'valid',
  )
  tell.line(owner.name, {
    zh: `新营业执照到手：${licence?.holder} · 标识 ${licence?.identifier}`,
    en: `the new business licence: ${licence?.holder}, identifier ${licence?.identifier}`,
  })
}

async function parallel(story: Story): Promise<void> {
  const { cast, tell, owner, caseId } = story
  const open = (await owner.see(caseId)).steps.filter((step) => step.child?.status === 'open')
  tell.line(
    { zh: '系统', en: 'System' },
    {
      zh: `登记一结果，${open.length} 个事项同时开办：${open.map((step) => step.title.zh).join('、')}`,
      en: `with the registration decided ${open.length} matters start at once`,
    },
  )
  for (const step of open) {
    const officer = OFFICERS[step.id]
    if (officer === undefined || step.child === undefined) continue
    await handleAll(await cast.as(officer), step.child.id, tell, step.title)
  }
}

/** Takes every completing action in turn until the case has ended or waits for somebody else. */
async function handleAll(officer: Player, caseId: string, tell: Teller, title: api.Text): Promise<void> {
  for (let view = await officer.see(caseId); view.status === 'open'; ) {
    const next = view.actions.find((action) => action.step !== undefined && action.effect === 'complete' && action.allowed)
    if (next === undefined) return
    const input = Object.fromEntries(next.needs.filter((need) => need.required).map((need) => [need.field, '核验无误']))
    view = await officer.act(caseId, next.action, { ...(next.step === undefined ? {} : { step: next.step }), input })
    tell.line(
      officer.name,
      { zh: `${title.zh}：${next.title.zh}`, en: `${title.en ?? title.zh}: ${next.title.en ?? next.title.zh}` },
      view.clocks,
    )
  }
}

async function food(story: Story): Promise<void> {
  const { cast, tell, owner, caseId } = story
  const view = await owner.see(caseId)
  const node = view.steps.find((step) => step.id.startsWith('food') && step.child !== undefined)
  if (node?.child === undefined) return
  const handler = await cast.as('scj-handler')
  const before = await handler.see(node.child.id)
  tell.line(
    handler.name,
    {
      zh: '食品许可要现场核查：特别程序期间承诺、法定两只表都停',
      en: 'the food licence needs a site visit: both clocks are paused meanwhile',
    },
    before.clocks,
  )
  await advance(story, 'P1D', { zh: '过了一天，停着的表一天没走', en: 'a day later the paused clocks have not moved' })
  const reported = await handler.act(node.child.id, 'report', {
    step: 'inspect',
    input: { findings: '两人到场，布局与图纸一致，冷藏温度 3℃，符合要求' },
  })
  tell.line(handler.name, { zh: '提交核查意见，时限恢复', en: 'files the report, the clocks run again' }, reported.clocks)
  await handler.act(node.child.id, 'pass', { step: 'review' })
  await supply(story)
  const chief = await cast.as('scj-chief')
  tell.line(
    chief.name,
    { zh: '准予变更食品经营许可', en: 'grants the food licence' },
    (await chief.act(node.child.id, 'grant', { step: 'decide' })).clocks,
  )
  await handler.act(node.child.id, 'hand-over', { step: 'deliver' })
}

async function supply({ tell, owner, caseId }: Story): Promise<void> {
  for (const gap of (await owner.see(caseId)).gaps.filter((one) => one.status === 'open')) {
    const file = await owner.upload(`${gap.title}.pdf`, gap.material)
    const after = await owner.act(caseId, 'close-gap', {
      input: { gap: gap.id, files: [{ file: file.file, material: gap.material, name: file.name }] },
    })
    const closed = after.gaps.find((one) => one.id === gap.id)
    tell.line(owner.name, {
      zh: `补交「${gap.title}」，容缺${closed?.status === 'closed' ? '销账' : '未销'}`,
      en: `supplies “${gap.title}”: the gap is ${closed?.status}`,
    })
  }
}

async function neglected(story: Story): Promise<void> {
  const { cast, tell, owner, caseId } = story
  const node = (await owner.see(caseId)).steps.find((step) => step.child?.status === 'open')
  if (node?.child === undefined) return
  const supervisor = await cast.as('supervisor-city')
  let light = ''
  const since = (await cast.guest.call(api.getCity)).now
  for (let day = 0; day < 40 && !(await isSupervised(supervisor, node.title, since)); day += 1) {
    await advance(story, 'P1D')
    const view = await supervisor.see(node.child.id)
    if (view.light === light) continue
    light = view.light
    tell.line(
      { zh: `${view.title.zh} 没人动`, en: `${view.title.en} untouched` },
      { zh: `${(await cast.guest.call(api.getCity)).now.slice(0, 10)} 亮 ${light}`, en: `turns ${light}` },
      view.clocks,
    )
  }
  const { count } = await supervisor.client.call(api.listLate, {})
  tell.line(supervisor.name, {
    zh: `督办台上有 ${count.total} 件；督办件已自动开出，通知承办、科长、分管领导和纪检`,
    en: `${count.total} late cases on the board; the supervision case was opened by the ladder`,
  })
  const days = await owner.client.call(api.explainClock, { params: { case: node.child.id, clock: 'promised' } })
  tell.line(owner.name, {
    zh: `问「为什么是这一天」：${days.days
      .filter((day) => day.counted)
      .map((day) => day.date.slice(5))
      .join('、')} 计入，其余不计`,
    en: `asks “why this day?”: ${days.days.filter((day) => day.counted).length} days were counted`,
  })
  await handleAll(await cast.as('ycj-officer'), node.child.id, tell, node.title)
}

/** The city has late cases of its own: only one about this matter that was opened meanwhile counts. */
async function isSupervised(supervisor: Player, about: api.Text, since: string): Promise<boolean> {
  const { rows } = await supervisor.client.call(api.listCases, { query: { kind: 'supervision' } })
  return rows.some((row) => row.openedAt > since && row.title.zh.endsWith(about.zh))
}

async function finish(story: Story): Promise<void> {
  const { tell, owner, clerk, caseId } = story
  const view = await clerk.see(caseId)
  if (view.actions.some((action) => action.action === 'hand-over' && action.allowed)) {
    tell.line(
      clerk.name,
      { zh: '统一出件：一次领走', en: 'joint delivery: everything at once' },
      (await clerk.act(caseId, 'hand-over', { step: 'deliver' })).clocks,
    )
  }
  await settle(story)
  const { certificates } = await owner.client.call(api.listCertificates, {})
  for (const one of certificates.filter((certificate) => certificate.status === 'valid')) {
    tell.line(owner.name, {
      zh: `卡包：${one.title.zh} ${one.number} · 标识 ${one.identifier}`,
      en: `wallet: ${one.title.en} ${one.number}, identifier ${one.identifier}`,
    })
  }
  await rateAll(story)
  const { rows, count } = await owner.client.call(api.listNotices, {})
  tell.line(owner.name, {
    zh: `一路收到 ${count.total} 条通知，最近一条：${rows[0]?.title.zh}`,
    en: `was told ${count.total} times on the way, last: ${rows[0]?.title.en}`,
  })
}

async function rateAll({ tell, owner, caseId }: Story): Promise<void> {
  const view = await owner.see(caseId)
  const ended = [
    view.status === 'ended' ? view.id : null,
    ...view.steps.map((step) => (step.child?.status === 'ended' ? step.child.id : null)),
  ].filter((id) => id !== null)
  for (const id of ended) await owner.client.call(api.rateCase, { params: { case: id }, body: { stars: 5, words: '一次就办好了' } })
  tell.line(owner.name, { zh: `逐件评价：${ended.length} 件，非常满意`, en: `rates each of ${ended.length} cases: very satisfied` })
}

async function advance({ cast, tell }: Story, duration: string, words?: api.Text): Promise<void> {
  const moved = await cast.guest.call(api.moveClock, { body: { advance: duration } })
  if (words !== undefined)
    tell.line(
      { zh: '时钟', en: 'Clock' },
      { zh: `${words.zh}（${moved.now.slice(0, 10)}）`, en: `${words.en ?? words.zh} (${moved.now.slice(0, 10)})` },
    )
}

/** Waits until what was told by the outbox has arrived: a move of the clock by nothing settles everything that waits. */
async function settle({ cast }: Story): Promise<void> {
  await cast.guest.call(api.moveClock, { body: { advance: 'PT0S' } })
}
