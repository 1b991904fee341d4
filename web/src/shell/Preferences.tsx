import { useState } from 'react'
import { applyPrint, type Print, rememberedPrint } from '../platform/display.ts'
import { t } from '../platform/i18n.ts'
import { useLanguageSwitch } from '../platform/language.ts'
import { Icon } from '../ui/Icon.tsx'

/** Language and large print, one press each, on every page. */
export function Preferences() {
  const { language, change } = useLanguageSwitch()
  const [print, setPrint] = useState<Print>(rememberedPrint)
  const togglePrint = () => {
    const next = print === 'large' ? 'normal' : 'large'
    applyPrint(next)
    setPrint(next)
  }
  return (
    <div className="preferences">
      <button type="button" onClick={togglePrint} aria-pressed={print === 'large'}>
        <Icon name="text" size={18} />
        <span>{print === 'large' ? t('print.normal') : t('print.large')}</span>
      </button>
      <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => void change(language === 'zh' ? 'en' : 'zh')}>
        <Icon name="language" size={18} />
        <span>{language === 'zh' ? 'English' : '中文'}</span>
      </button>
    </div>
  )
}
