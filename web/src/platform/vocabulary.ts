/** Words of screens that are not words of one module. The same shapes as in the contract; no module is imported here. */

/** Pack words: Chinese always, English where the pack gives it. */
export type Text = { readonly zh: string; readonly en?: string | undefined }

export const LIGHTS = ['green', 'blue', 'yellow', 'red', 'grey'] as const
/** 绿 正常 · 蓝 预警 · 黄 黄牌 · 红 红牌 · 灰 暂停 */
export type Light = (typeof LIGHTS)[number]

export type Limit = { readonly n: number; readonly unit: 'workday' | 'day' | 'month' | 'hour' | 'working-hour' | 'minute' }
