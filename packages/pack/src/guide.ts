/** 办事指南: the elements a guide must have (GB/T 39046 table 4, the minimum kept here; 行政许可法 art. 30). */
import type { Text } from '@yichuang/caseflow'
import type { MatterSource } from './schema/matter.ts'

export type GuideElement = { readonly key: string; readonly title: Required<Text>; readonly given: (matter: MatterSource) => boolean }

const has = (list: readonly unknown[] | undefined) => list !== undefined && list.length > 0

export const GUIDE_ELEMENTS: readonly GuideElement[] = [
  { key: 'basic_code', title: { zh: '基本编码', en: 'basic code' }, given: (m) => m.basic_code !== undefined },
  { key: 'type', title: { zh: '事项类型', en: 'type of matter' }, given: (m) => m.type !== undefined },
  { key: 'version', title: { zh: '事项版本', en: 'version' }, given: (m) => m.version !== undefined },
  { key: 'level', title: { zh: '行使层级', en: 'level of exercise' }, given: (m) => m.level !== undefined },
  { key: 'basis', title: { zh: '设定依据', en: 'legal basis' }, given: (m) => has(m.basis) },
  { key: 'service', title: { zh: '服务对象', en: 'whom it serves' }, given: (m) => has(m.service) },
  { key: 'conditions', title: { zh: '受理条件', en: 'conditions of acceptance' }, given: (m) => has(m.conditions) },
  { key: 'materials', title: { zh: '申请材料', en: 'materials' }, given: (m) => m.materials !== undefined },
  { key: 'process', title: { zh: '办理流程', en: 'process' }, given: (m) => has(m.process) },
  { key: 'fee', title: { zh: '是否收费', en: 'fee' }, given: (m) => m.fee !== undefined },
  { key: 'channels', title: { zh: '办理形式', en: 'channels' }, given: (m) => has(m.channels) },
  { key: 'visits', title: { zh: '到办事现场次数', en: 'number of visits' }, given: (m) => m.visits !== undefined },
  { key: 'kind', title: { zh: '办件类型', en: 'instant or promised' }, given: (m) => m.kind !== undefined },
  { key: 'scope', title: { zh: '通办范围', en: 'where it can be applied for' }, given: (m) => m.scope !== undefined },
  { key: 'place', title: { zh: '办理地点', en: 'place' }, given: (m) => m.place !== undefined },
  { key: 'hours', title: { zh: '办理时间', en: 'hours' }, given: (m) => m.hours !== undefined },
  { key: 'consult', title: { zh: '咨询方式', en: 'whom to ask' }, given: (m) => m.consult !== undefined },
  { key: 'complain', title: { zh: '监督投诉方式', en: 'whom to complain to' }, given: (m) => m.complain !== undefined },
  { key: 'results', title: { zh: '办理结果', en: 'results' }, given: (m) => has(m.results) },
  { key: 'remedies', title: { zh: '行政复议与行政诉讼', en: 'review and litigation' }, given: (m) => m.remedies !== undefined },
]

/** The elements that this guide does not have. */
export function missingElements(matter: MatterSource): readonly GuideElement[] {
  return GUIDE_ELEMENTS.filter((element) => !element.given(matter))
}
