/**
 * The same bundle for bpmn-engine: a process with one user task per step, parallel gateways between them. The XML is parsed
 * once, outside the timing.
 */
import * as elements from 'bpmn-elements'
import { Engine } from 'bpmn-engine'
// @ts-expect-error: ships without types
import BpmnModdle from 'bpmn-moddle'
import serialize, { TypeResolver } from 'moddle-context-serializer'
import { chosenNodes } from './bundle.ts'

function xml(): string {
  const before = new Map<string, readonly string[]>([
    ['intake', []],
    ...chosenNodes.map(({ id, after }) => [id, after.length === 0 ? ['intake'] : after] as const),
    ['deliver', chosenNodes.map(({ id }) => id).filter((id) => chosenNodes.every(({ after }) => !after.includes(id)))],
  ])
  const steps = [...before.keys()]
  const parts = steps.flatMap((id) => {
    const join = before.get(id) ?? []
    return [
      `<parallelGateway id="${id}-in" />`,
      `<userTask id="${id}" />`,
      `<parallelGateway id="${id}-out" />`,
      flow(`${id}-in`, id),
      flow(id, `${id}-out`),
      ...join.map((one) => flow(`${one}-out`, `${id}-in`)),
    ]
  })
  const ends = `<startEvent id="start" /><endEvent id="end" />${flow('start', 'intake-in')}${flow('deliver-out', 'end')}`
  const process = `<process id="bundle" isExecutable="true">${ends}${parts.join('')}</process>`
  return `<definitions id="d" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bundle">${process}</definitions>`
}

function flow(from: string, to: string): string {
  return `<sequenceFlow id="${from}-to-${to}" sourceRef="${from}" targetRef="${to}" />`
}

type Source = { readonly sourceContext: NonNullable<NonNullable<ConstructorParameters<typeof Engine>[0]>['sourceContext']> }

/** Parsed as the engine itself does it. */
export async function parseProcess(): Promise<Source> {
  const { rootElement, references, elementsById, warnings } = await new BpmnModdle().fromXML(xml())
  const context = { rootElement, references, elementsById, warnings }
  return { sourceContext: serialize(context, TypeResolver(elements)) }
}

/** One lifecycle: every task is signalled when it waits. Gives the order in which the tasks ended. */
export async function runProcess(source: Source): Promise<readonly string[]> {
  const engine = new Engine({ name: 'bundle', ...source })
  const execution = await engine.execute()
  const ended: string[] = []
  for (let waiting = postponed(execution); waiting.length > 0; waiting = postponed(execution)) {
    const [task] = waiting
    if (task === undefined) break
    ended.push(task)
    execution.signal({ id: task })
  }
  return ended
}

function postponed(execution: Awaited<ReturnType<Engine['execute']>>): string[] {
  return execution.getPostponed().flatMap(({ type, id }) => (type === 'bpmn:UserTask' ? [id] : []))
}
