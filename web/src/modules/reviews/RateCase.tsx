import { useState } from 'react'
import { moment } from '../../platform/dates.ts'
import { t } from '../../platform/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { StarPicker, StarsShown } from '../../ui/small.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { toast } from '../../ui/Toast.tsx'
import { useRate } from './queries.ts'

type Given = { readonly stars: number; readonly words: string; readonly at: string }

/** 好差评: once, by the applicant; nothing is chosen beforehand. */
export function RateCase({ caseId, given }: { caseId: string; given: Given | undefined }) {
  const [stars, setStars] = useState<number | null>(null)
  const [words, setWords] = useState('')
  const rate = useRate(caseId)
  if (given !== undefined) {
    return (
      <section className="card">
        <header>
          <h2>{t('rate.given')}</h2>
          <span className="small muted">{moment(given.at)}</span>
        </header>
        <StarsShown stars={given.stars} />
        {given.words !== '' && <p>{given.words}</p>}
      </section>
    )
  }
  const send = () =>
    stars !== null &&
    rate.mutate({ stars, words: words.trim() === '' ? undefined : words.trim() }, { onSuccess: () => toast(t('rate.thanks')) })
  return (
    <section className="card stack">
      <header>
        <h2>{t('rate.title')}</h2>
        <span className="small muted">{t('rate.anonymous')}</span>
      </header>
      <StarPicker value={stars} onChange={setStars} />
      <div className="field">
        <label htmlFor="rate-words">
          {t('rate.words')} <span className="optional">{t('field.optional')}</span>
        </label>
        <textarea
          id="rate-words"
          className="textarea"
          rows={2}
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <ProblemNotice error={rate.error} />
      <div>
        <Button look="primary" disabled={stars === null} busy={rate.isPending} onClick={send}>
          {t('rate.submit')}
        </Button>
      </div>
    </section>
  )
}
