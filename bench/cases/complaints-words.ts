/** Where the synthetic complaints of the benchmark play, who works there, and the command that opens one. */
import { endpoint } from '@yichuang/contract'
import Type from 'typebox'

/** Desks of the imaginary city's own level. */
export const PLACE = { region: '990100', org: '990100.lighthouse', hall: '990100.hall', service: '990100.service' }
export const STAFF = { clerk: 'bench-clerk', officer: 'bench-officer', supervisor: 'bench-supervisor' }
export const POSTS = [
  { person: STAFF.clerk, desk: 'counter', org: PLACE.hall, roles: ['clerk'] },
  { person: STAFF.officer, desk: 'department', org: PLACE.org, roles: ['handler', 'chief', 'head'] },
  { person: STAFF.supervisor, desk: 'supervision', org: PLACE.service, roles: ['supervisor'] },
]

export const openComplaint = endpoint({
  id: 'benchOpenComplaint',
  at: 'POST /bench/complaints',
  summary: 'Opens a complaint (benchmarks only)',
  body: Type.Object({ about: Type.String({ maxLength: 100 }) }),
  answer: Type.Object({ id: Type.String(), version: Type.Number() }),
})

const THINGS = [
  '噪声',
  '路灯',
  '积水',
  '占道',
  '油烟',
  '渔网',
  '码头',
  '灯塔',
  '海鲜',
  '缆绳',
  '浮标',
  '栈桥',
  '围栏',
  '井盖',
  '摊位',
  '价格',
  '秤具',
  '冷库',
  '航标',
  '潮汐',
]
const DOINGS = ['扰民', '损坏', '未修', '超时', '无人管']

/** What a complaint is about: a hundred titles. */
export function aboutOf(n: number): string {
  return `投诉：${THINGS[n % THINGS.length]}${DOINGS[Math.floor(n / THINGS.length) % DOINGS.length]}`
}

const FAMILY = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许']
const GIVEN = [...'安白采长辰初丹笛尔帆歌禾见珂岚墨南宁佩晴']

/** Eight thousand synthetic names. */
export function nameOf(n: number): string {
  const at = (list: readonly string[], i: number) => list[i % list.length] ?? ''
  return `示例${at(FAMILY, n)}${at(GIVEN, Math.floor(n / 20))}${at(GIVEN, Math.floor(n / 400) + n)}`
}
