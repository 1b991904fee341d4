/** Every page on a desk in English. */
import { everyPage } from './every-page.ts'

everyPage({ width: 1440, language: 'en' })
