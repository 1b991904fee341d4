/** Every page on a phone in Chinese. */
import { everyPage } from './every-page.ts'

everyPage({ width: 390, language: 'zh' })
