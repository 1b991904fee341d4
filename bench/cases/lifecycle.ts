/** 个体工商户转型为企业, start to end, as people do it through the public API: each knows her case from the answer she got last. */
import * as api from '@yichuang/contract'
import type { Caller, Callers } from '../house/callers.ts'
import type { Shop } from './seed.ts'

const BUNDLE = 'sole-trader-to-company'
const ANSWERS = { way: 'direct-change', by_agent: false, bank: 'none', assets: [] }
const CLERK = 'clerk-tianyuan'
/** Who works at the desk of each department. */
const OFFICERS: { readonly [node: string]: readonly string[] } = {
  convert: ['scj-handler', 'scj-chief'],
  food: ['scj-handler', 'scj-chief'],
  'seal-replace': ['gaj-officer'],
  'tax-change': ['swj2-officer'],
  'social-change': ['rsj-officer'],
  'health-change': ['ybj-officer'],
  'fund-change': ['gjj-officer'],
  tobacco: ['ycj-officer'],
}
export const CHILDREN = Object.keys(OFFICERS).length
const PDF = Buffer.from('%PDF-1.4\n% a synthetic page\n')

export type Played = { readonly root: string; readonly commands: number; readonly calls: number; readonly cases: readonly string[] }

export async function playLifecycle(house: Callers, shop: Shop): Promise<Played> {
  const life = new Life(house, shop)
  await life.apply()
  await life.accept()
  await life.handle('convert')
  for (const node of Object.keys(OFFICERS)) if (node !== 'convert') await life.handle(node)
  await life.deliver()
  await life.rate()
  return { root: life.root, commands: life.commands, calls: life.calls, cases: life.cases }
}

class Life {
  commands = 0
  calls = 0
  root = ''
  cases: string[] = []
  readonly house: Callers
  readonly shop: Shop
  constructor(house: Callers, shop: Shop) {
    this.house = house
    this.shop = shop
  }

  async command<E extends api.Endpoint>(who: Caller, endpoint: E, ask: Parameters<typeof who.call<E>>[1]): Promise<api.AnswerOf<E>> {
    this.commands += 1
    this.calls += 1
    return who.call(endpoint, ask)
  }

  async apply(): Promise<void> {
    const owner = await this.house.as(this.shop.owner)
    const draft = await this.command(owner, api.createDraft, { body: { bundle: BUNDLE, party: this.shop.party, answers: ANSWERS } })
    const materials: api.DraftMaterial[] = []
    for (const { material, status, need } of draft.plan.materials) {
      if (status === 'promise') materials.push({ material, promised: true })
      if (status !== 'upload' || need === 'optional') continue
      const { file, name } = await owner.upload(`${material}.pdf`, Buffer.concat([PDF, Buffer.from(`% ${this.shop.party} ${material}\n`)]))
      this.calls += 1
      materials.push({ material, file, name })
    }
    const body = { version: draft.version, form: formOf(draft, this.shop), materials }
    const saved = await this.command(owner, api.saveDraft, { params: { draft: draft.id }, body })
    const submit = { params: { draft: saved.id }, body: { version: saved.version, signed: true } }
    this.root = (await this.command(owner, api.submitDraft, submit)).case
    this.cases.push(this.root)
  }

  async act(who: Caller, view: Pick<api.CaseView, 'id' | 'version'>, action: string, step: string, input: api.Data): Promise<api.CaseView> {
    const ask = { params: { case: view.id }, body: { action, step, input }, ifMatch: view.version }
    try {
      return await this.command(who, api.actOnCase, ask)
    } catch (error) {
      // What follows from a decision elsewhere may move the case under one's hands: look again, then act.
      if (!(error instanceof api.ApiProblem) || error.problem.code !== 'cases/changed-meanwhile') throw error
      this.commands -= 1
      return this.act(who, await this.see(who, view.id), action, step, input)
    }
  }

  async see(who: Caller, caseId: string): Promise<api.CaseView> {
    this.calls += 1
    return who.call(api.getCase, { params: { case: caseId } })
  }

  async accept(): Promise<void> {
    const clerk = await this.house.as(CLERK)
    await this.act(clerk, await this.see(clerk, this.root), 'accept', 'intake', {})
  }

  /** Opens the part of the bundle, then takes every completing action in turn, passing the case on between the people of the desk. */
  async handle(node: string): Promise<void> {
    const owner = await this.house.as(this.shop.owner)
    const child = (await this.see(owner, this.root)).steps.find((step) => step.id === node)?.child?.id
    if (child === undefined) throw new Error(`node ${node} of ${this.root} has no case`)
    this.cases.push(child)
    const officers = await Promise.all((OFFICERS[node] ?? []).map((person) => this.house.as(person)))
    for (let turn = 0, idle = 0; idle < officers.length; turn += 1) {
      const officer = officers[turn % officers.length]
      if (officer === undefined) return
      let view = await this.see(officer, child)
      let moved = false
      for (let next = nextOf(view); next !== undefined; next = nextOf(view)) {
        view = await this.act(officer, view, next.action, next.step ?? '', inputFor(next))
        moved = true
      }
      if (view.status === 'ended') return
      idle = moved ? 0 : idle + 1
    }
    throw new Error(`case ${child} (${node}) waits for somebody who is not here`)
  }

  async deliver(): Promise<void> {
    const clerk = await this.house.as(CLERK)
    const ended = await this.act(clerk, await this.see(clerk, this.root), 'hand-over', 'deliver', {})
    if (ended.status !== 'ended') throw new Error(`case ${this.root} did not end`)
  }

  async rate(): Promise<void> {
    const owner = await this.house.as(this.shop.owner)
    for (const id of this.cases)
      await this.command(owner, api.rateCase, { params: { case: id }, body: { stars: 5, words: '合成评价：一次就办好了' } })
  }
}

function nextOf(view: api.CaseView): api.ActionView | undefined {
  return view.actions.find((action) => action.step !== undefined && action.effect === 'complete' && action.allowed)
}

function inputFor(action: api.ActionView): api.Data {
  return Object.fromEntries(action.needs.filter((need) => need.required).map((need) => [need.field, '核验无误']))
}

function formOf(draft: api.Draft, { newName, number }: Shop): { [field: string]: unknown } {
  const given: { readonly [field: string]: unknown } = {
    new_name: newName,
    company_type: 'limited-single',
    capital: 100_000,
    debts_taken_over: true,
    seal_name: newName,
    seal_kind: 'set',
    invoices_per_month: 30_000,
    fund_rate: 8,
    taxpayer_kind: 'small',
    headcount: 3,
    tax_contact: `示范业主${number}`,
    layout_changes: '合成：增设冷藏柜一组',
    food_business_form: '食品销售经营者',
    contact_mobile: '19900000002',
  }
  const open = draft.plan.form.flatMap((section) => section.fields).filter((field) => field.value === undefined)
  return Object.fromEntries(open.filter((field) => given[field.id] !== undefined).map((field) => [field.id, given[field.id]]))
}
