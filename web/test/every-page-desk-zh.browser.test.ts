/** Every page on a desk in Chinese. */
import { everyPage } from './every-page.ts'

everyPage({ width: 1440, language: 'zh', keyboard: true })
