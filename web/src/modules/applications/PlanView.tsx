import type { Plan, PlanMaterial, PlanNode } from '@yichuang/contract'
import { useState } from 'react'
import { limitWords, longDay } from '../../platform/dates.ts'
import { joined, t, words } from '../../platform/i18n.ts'
import type { Limit } from '../../platform/vocabulary.ts'
import { FlowMap } from '../../ui/FlowMap.tsx'
import type { FlowNode } from '../../ui/flow.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MaterialList } from '../../ui/MaterialList.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { Facts, Figure, Fold } from '../../ui/small.tsx'
import { Notice } from '../../ui/states.tsx'
import { sortMaterials } from './materials.ts'

/** 您的方案: what will be handled, by whom, in which order, with what, until when, and why each item. */
export function PlanView({ plan }: { plan: Plan }) {
  const { bring, have } = sortMaterials(plan.materials)
  return (
    <div className="stack" style={{ '--gap': '16px' } as React.CSSProperties}>
      <section className="card plan-lead">
        <Promised plan={plan} />
        <div className="plan-figures">
          <Figure
            value={plan.summary.matters}
            unit={t('plan.unit.matters')}
            label={t('plan.figure.matters', { n: plan.summary.departments })}
          />
          <Figure value={have.length} unit={t('plan.unit.materials')} label={t('plan.figure.known')} />
          <Figure value={bring.length} unit={t('plan.unit.materials')} label={t('plan.figure.upload')} />
          <Figure value={plan.summary.visits} unit={t('plan.unit.visits')} label={t('plan.figure.visits')} />
        </div>
      </section>
      {plan.unknown.length > 0 && <Notice tone="warn">{t('plan.unknown', { n: plan.unknown.length })}</Notice>}
      <PlanFlow plan={plan} />
      <PlanMaterials materials={plan.materials} />
    </div>
  )
}

/** 承诺: the day in large, what it follows from in small. */
export function Promised({ plan }: { plan: Plan }) {
  const { limit, dueOn, provisional } = plan.promise
  return (
    <div>
      <p className="promise">{dueOn === null ? promiseWords(limit, 'plan.promise') : t('plan.promiseBy', { date: longDay(dueOn) })}</p>
      {dueOn !== null && (
        <p className="muted">
          {promiseWords(limit, 'plan.promiseLimit')} {provisional && t('plan.promiseProvisional')}
        </p>
      )}
    </div>
  )
}

function promiseWords(limit: Limit, key: 'plan.promise' | 'plan.promiseLimit'): string {
  return limit.n === 0 ? t(`${key}.instant`) : t(key, { limit: limitWords(limit) })
}

function PlanFlow({ plan }: { plan: Plan }) {
  const [open, setOpen] = useState<PlanNode | null>(null)
  const included = plan.nodes.filter((node) => node.included !== 'no')
  const left = plan.nodes.filter((node) => node.included === 'no')
  return (
    <section className="card">
      <header>
        <h2>{t('plan.flow')}</h2>
        <span className="small muted">{t('plan.flowHint')}</span>
      </header>
      <FlowMap
        label={t('plan.flow')}
        nodes={included.map((node) => nodeOf(node, included))}
        onOpen={(id) => setOpen(plan.nodes.find((node) => node.id === id) ?? null)}
      />
      <ul className="why-list beside-map">
        {included.map((node) => (
          <li key={node.id}>
            <strong>{words(node.title)}</strong>
            <span className="muted">{words(node.why)}</span>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <Fold title={t('plan.notNeeded', { n: left.length })}>
          <ul className="why-list">
            {left.map((node) => (
              <li key={node.id}>
                <strong>{words(node.title)}</strong>
                <span className="muted">{words(node.why)}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <Sheet open={open !== null} title={words(open?.title)} onClose={() => setOpen(null)}>
        {open !== null && <NodeDetail node={open} nodes={plan.nodes} />}
      </Sheet>
    </section>
  )
}

/** A node whose predecessor is not needed follows what came before that one. */
function nodeOf(node: PlanNode, included: readonly PlanNode[]): FlowNode {
  const there = new Set(included.map((each) => each.id))
  return {
    id: node.id,
    title: words(node.title),
    org: words(node.org),
    status: node.included === 'unknown' ? 'unknown' : 'waiting',
    note: node.included === 'unknown' ? t('flow.unknown') : limitWords(node.promised),
    after: node.after.filter((id) => there.has(id)),
    detail: words(node.why),
  }
}

function NodeDetail({ node, nodes }: { node: PlanNode; nodes: readonly PlanNode[] }) {
  const before = nodes.filter((each) => node.after.includes(each.id) && each.included !== 'no').map((each) => words(each.title))
  return (
    <div className="stack">
      <Notice>{words(node.why)}</Notice>
      {node.missing.length > 0 && <Notice tone="warn">{t('plan.missing')}</Notice>}
      <Facts
        wide
        rows={[
          { label: t('plan.by'), value: words(node.org) },
          { label: t('plan.limit'), value: limitWords(node.promised) },
          { label: t('plan.after'), value: before.length === 0 ? t('plan.afterNothing') : joined(before) },
          ...(node.onSite ? [{ label: t('plan.onSite'), value: t('plan.onSiteWords') }] : []),
          ...(node.optional ? [{ label: t('plan.optional'), value: t('plan.optionalWords') }] : []),
        ]}
      />
    </div>
  )
}

export function PlanMaterials({ materials }: { materials: readonly PlanMaterial[] }) {
  const { bring, optional, promise, have } = sortMaterials(materials)
  return (
    <section className="card">
      <header>
        <h2>{t('plan.materials')}</h2>
        <span className="small muted">{t('plan.materialsHint')}</span>
      </header>
      <h3 className="row">
        <Icon name="upload" size={18} />
        {t('plan.bring', { n: bring.length })}
      </h3>
      {bring.length === 0 ? (
        <p className="muted">{t('plan.bringNothing')}</p>
      ) : (
        <MaterialList label={t('plan.bring', { n: bring.length })} items={bring.map(itemOf)} />
      )}
      {optional.length > 0 && (
        <>
          <h3>{t('plan.optionalOnes', { n: optional.length })}</h3>
          <MaterialList label={t('plan.optionalOnes', { n: optional.length })} items={optional.map(itemOf)} />
        </>
      )}
      {promise.length > 0 && (
        <>
          <h3>{t('plan.promises', { n: promise.length })}</h3>
          <MaterialList label={t('plan.promises', { n: promise.length })} items={promise.map(itemOf)} />
        </>
      )}
      <Fold title={t('plan.have', { n: have.length })} open={bring.length === 0}>
        <MaterialList label={t('plan.have', { n: have.length })} items={have.map(itemOf)} />
      </Fold>
    </section>
  )
}

export function itemOf(material: PlanMaterial) {
  const meta: string[] = []
  if (material.from !== undefined) meta.push(words(material.from))
  if (material.forMatters.length > 1) meta.push(t('materials.serves', { n: material.forMatters.length }))
  if (material.status === 'upload' && material.tolerance !== undefined)
    meta.push(t('materials.tolerableBy', { limit: limitWords(material.tolerance.limit) }))
  if (material.need === 'optional') meta.push(t('materials.optional'))
  return { id: material.material, title: words(material.title), way: material.way, meta }
}
