/** Every page on a phone in English. */
import { everyPage } from './every-page.ts'

everyPage({ width: 390, language: 'en' })
