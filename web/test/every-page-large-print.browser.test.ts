/** 长辈版: the main pages of the portal in large print, on a phone. */
import { everyPage } from './every-page.ts'

everyPage({ width: 390, language: 'zh', print: 'large', keyboard: true })
