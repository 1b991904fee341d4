/** 长辈版: large print, the same functions. Remembered on this device. */
const STORAGE_KEY = 'yichuang.print'

export type Print = 'normal' | 'large'

export function rememberedPrint(): Print {
  return localStorage.getItem(STORAGE_KEY) === 'large' ? 'large' : 'normal'
}

export function applyPrint(print: Print): void {
  document.documentElement.dataset.print = print
  localStorage.setItem(STORAGE_KEY, print)
}
