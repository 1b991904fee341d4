import type { ElkNode } from 'elkjs/lib/elk-api'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { rememberedPrint } from '../platform/display.ts'
import { language, t } from '../platform/i18n.ts'
import { useMedia } from '../platform/page.ts'
import { LightTag } from './DeadlineTag.tsx'
import { directlyBefore, type FlowNode, levelsOf, type NodeStatus } from './flow.ts'
import { Icon, type IconName } from './Icon.tsx'

type Props = { readonly nodes: readonly FlowNode[]; readonly label: string; readonly onOpen?: ((id: string) => void) | undefined }

type Box = { readonly width: number; readonly height: number }

/** English runs longer than Chinese, and large print larger than both. */
function boxSize(): Box {
  if (rememberedPrint() === 'large') return { width: 300, height: language() === 'zh' ? 130 : 170 }
  return { width: 224, height: language() === 'zh' ? 82 : 104 }
}

const MARKS: { readonly [status in NodeStatus]: IconName } = {
  done: 'check',
  running: 'right',
  waiting: 'clock',
  'not-needed': 'close',
  refused: 'close',
  unknown: 'question',
}

/** Who does what in which order; parallel lanes side by side. A map where there is room, a list of levels on a phone. */
export function FlowMap({ nodes, label, onOpen }: Props) {
  const narrow = useMedia('(max-width: 760px)')
  const layout = useLayout(nodes, !narrow)
  if (narrow || layout === 'failed') return <LevelList nodes={nodes} label={label} onOpen={onOpen} />
  if (layout === null) return <div className="flow-map" style={{ height: 220 }} aria-busy="true" />
  return <Drawing nodes={nodes} layout={layout} label={label} onOpen={onOpen} />
}

type Layout = {
  readonly box: Box
  readonly width: number
  readonly height: number
  readonly at: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  readonly edges: readonly { readonly id: string; readonly from: string; readonly path: string }[]
}

function useLayout(nodes: readonly FlowNode[], wanted: boolean): Layout | 'failed' | null {
  const [layout, setLayout] = useState<Layout | 'failed' | null>(null)
  const shape = JSON.stringify(nodes.map((node) => [node.id, node.after]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layout depends on the shape of the graph only, not on its lights
  useEffect(() => {
    let live = true
    if (!wanted) return
    layOut(nodes).then(
      (next) => live && setLayout(next),
      () => live && setLayout('failed'),
    )
    return () => {
      live = false
    }
  }, [shape, wanted])
  return layout
}

/** ELK is large and comes only when a map is drawn. */
async function layOut(nodes: readonly FlowNode[]): Promise<Layout> {
  const box = boxSize()
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js')
  const edges = nodes.flatMap((node) =>
    directlyBefore(node, nodes).map((id) => ({ id: `${id}>${node.id}`, sources: [id], targets: [node.id] })),
  )
  const graph: ElkNode = {
    id: 'flow',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.mergeEdges': 'true',
      'elk.spacing.nodeNode': '14',
      'elk.layered.spacing.nodeNodeBetweenLayers': '34',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.padding': '[top=20,left=20,bottom=20,right=20]',
    },
    children: nodes.map((node) => ({ id: node.id, ...box })),
    edges,
  }
  const done = await new Elk().layout(graph)
  return {
    box,
    width: done.width ?? 0,
    height: done.height ?? 0,
    at: new Map((done.children ?? []).map((child) => [child.id, { x: child.x ?? 0, y: child.y ?? 0 }])),
    edges: (done.edges ?? []).map((edge) => ({ id: edge.id, from: edge.sources[0] ?? '', path: pathOf(edge.sections?.[0]) })),
  }
}

type Point = { x: number; y: number }
type Section = { startPoint: Point; endPoint: Point; bendPoints?: Point[] | undefined }

/** Orthogonal route with rounded corners. */
function pathOf(section: Section | undefined): string {
  if (section === undefined) return ''
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
  let path = `M${section.startPoint.x} ${section.startPoint.y}`
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]]
    if (before === undefined || corner === undefined || after === undefined) continue
    const a = towards(corner, before)
    const b = towards(corner, after)
    path += ` L${a.x} ${a.y} Q${corner.x} ${corner.y} ${b.x} ${b.y}`
  }
  return `${path} L${section.endPoint.x} ${section.endPoint.y}`
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const step = Math.min(8, length / 2)
  return length === 0 ? from : { x: from.x + ((to.x - from.x) / length) * step, y: from.y + ((to.y - from.y) / length) * step }
}

function Drawing({ nodes, layout, label, onOpen }: Props & { layout: Layout }) {
  const sheet = useRef<HTMLUListElement>(null)
  const done = new Set(nodes.filter((node) => node.status === 'done').map((node) => node.id))
  const move = (event: KeyboardEvent) => {
    const next = neighbour(layout, event.key, (event.target as HTMLElement).dataset.node)
    if (next === undefined) return
    event.preventDefault()
    sheet.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="flow-map" aria-label={label} tabIndex={0}>
      <ul className="sheet" ref={sheet} style={{ width: layout.width, height: layout.height }} onKeyDown={move}>
        <li aria-hidden="true">
          <svg width={layout.width} height={layout.height} aria-hidden="true">
            {layout.edges.map((edge) => (
              <path key={edge.id} d={edge.path} className={done.has(edge.from) ? 'lit' : ''} />
            ))}
          </svg>
        </li>
        {inReadingOrder(nodes, layout).map((node) => {
          const at = layout.at.get(node.id)
          return (
            <li key={node.id} className="flow-node" style={{ left: at?.x, top: at?.y, ...layout.box }}>
              <NodeBox node={node} onOpen={onOpen} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function inReadingOrder(nodes: readonly FlowNode[], layout: Layout): FlowNode[] {
  const x = (node: FlowNode) => layout.at.get(node.id)?.x ?? 0
  const y = (node: FlowNode) => layout.at.get(node.id)?.y ?? 0
  return nodes.toSorted((a, b) => x(a) - x(b) || y(a) - y(b))
}

/** Arrow keys go to the nearest box in that direction. */
function neighbour(layout: Layout, key: string, id: string | undefined): string | undefined {
  const from = id === undefined ? undefined : layout.at.get(id)
  const direction = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key]
  if (from === undefined || direction === undefined) return undefined
  const [dx = 0, dy = 0] = direction
  let best: { id: string; far: number } | undefined
  for (const [other, at] of layout.at) {
    const along = (at.x - from.x) * dx + (at.y - from.y) * dy
    const across = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx)
    if (along <= 1) continue
    const far = along + across * 2
    if (best === undefined || far < best.far) best = { id: other, far }
  }
  return best?.id
}

function NodeBox({ node, onOpen, detailed = false }: { node: FlowNode; onOpen: Props['onOpen']; detailed?: boolean }) {
  const inside = (
    <>
      <span className="mark">
        <Icon name={MARKS[node.status]} size={15} />
      </span>
      <span className="title">{node.title}</span>
      <span className="sub">
        {[node.org, node.note ?? t(`flow.${node.status}`)].filter(Boolean).join(' · ')}
        {node.light !== undefined && node.light !== 'green' && (
          <span className="deadline">
            {' '}
            <LightTag light={node.light} />
          </span>
        )}
      </span>
      {detailed && node.detail !== undefined && <span className="sub">{node.detail}</span>}
    </>
  )
  const className = `node-box ${node.status}`
  if (onOpen === undefined) return <div className={className}>{inside}</div>
  return (
    <button type="button" className={className} data-node={node.id} onClick={() => onOpen(node.id)}>
      {inside}
    </button>
  )
}

function LevelList({ nodes, label, onOpen }: Props) {
  return (
    <ol className="flow-list" aria-label={label}>
      {levelsOf(nodes).map((level) => (
        <li key={level[0]?.id} className="level">
          {level.length > 1 && <p className="together">{t('flow.together', { n: level.length })}</p>}
          {level.map((node) => (
            <NodeBox key={node.id} node={node} onOpen={onOpen} detailed />
          ))}
        </li>
      ))}
    </ol>
  )
}
