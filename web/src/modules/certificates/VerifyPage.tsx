import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { longDay, moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Problem } from '../../platform/problem.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Facts } from '../../ui/small.tsx'
import { ErrorState, Loading, Notice } from '../../ui/states.tsx'
import { verifyQuery } from './queries.ts'
import { CertificateStatusTag } from './status.tsx'
import { validWords } from './WalletPage.tsx'
import './certificates.css'

/** 电子证照标识 begins with the arc of the field's own standard (GB/T 36904—2018); the number printed on the paper does not. */
function looksLikeIdentifier(text: string): boolean {
  return /^1\.2\.156\./.test(text.trim())
}

/** 证照核验: public; answers yes or no in large words, names masked. */
export function VerifyPage({ identifier }: { identifier: string }) {
  usePageTitle(t('verify.title'))
  const query = useQuery({ ...verifyQuery(identifier), enabled: looksLikeIdentifier(identifier) })
  if (!looksLikeIdentifier(identifier)) return <NotAnIdentifier identifier={identifier} />
  if (query.isPending) return <Loading lines={5} />
  if (query.isError) {
    const refused = query.error instanceof Problem && query.error.status < 500
    return refused ? (
      <Verdict good={false} title={t('verify.notGenuine')} identifier={identifier} />
    ) : (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    )
  }
  const answer = query.data
  const good = answer.genuine && answer.status === 'valid'
  return (
    <Verdict
      good={good}
      title={good ? t('verify.valid') : answer.genuine ? t('verify.notValid') : t('verify.notGenuine')}
      identifier={identifier}
    >
      <Facts
        wide
        rows={[
          { label: t('verify.certificate'), value: words(answer.title), note: <CertificateStatusTag status={answer.status} /> },
          { label: t('certificate.number'), value: <span className="mono">{answer.number}</span> },
          { label: t('certificate.holder'), value: answer.holder },
          { label: t('certificate.issuer'), value: words(answer.issuer) },
          { label: t('certificate.issuedOn'), value: longDay(answer.issuedOn) },
          { label: t('certificate.validity'), value: validWords(answer) },
          { label: t('verify.checkedAt'), value: moment(answer.checkedAt) },
        ]}
      />
      {answer.synthetic && <p className="small muted">{t('certificate.synthetic')}</p>}
    </Verdict>
  )
}

function Verdict({ good, title, identifier, children }: { good: boolean; title: string; identifier: string; children?: ReactNode }) {
  return (
    <section className={`card verdict ${good ? 'good' : 'bad'}`}>
      <div className="verdict-mark">
        <Icon name={good ? 'check' : 'close'} size={36} />
      </div>
      <h1>{title}</h1>
      <p className="mono small muted">{identifier}</p>
      {children ?? <p>{t('verify.notGenuineWords')}</p>}
    </section>
  )
}

function NotAnIdentifier({ identifier }: { identifier: string }) {
  return (
    <section className="card stack">
      <h1>{t('verify.title')}</h1>
      <p className="mono small muted">{identifier}</p>
      <Notice tone="warn">{t('verify.isNumber')}</Notice>
    </section>
  )
}

/** For an identifier that was read aloud or copied. */
export function VerifyForm({ onVerify }: { onVerify: (identifier: string) => void }) {
  usePageTitle(t('verify.title'))
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isNumber = text.trim() !== '' && !looksLikeIdentifier(text)
    setWrong(isNumber)
    if (!isNumber && text.trim() !== '') onVerify(text.trim())
  }
  return (
    <form className="card stack" onSubmit={submit} style={{ maxWidth: 640, margin: '0 auto' }}>
      <h1>{t('verify.title')}</h1>
      <div className="field">
        <label htmlFor="identifier">{t('verify.identifier')}</label>
        <input
          id="identifier"
          className="input mono"
          value={text}
          aria-invalid={wrong}
          aria-describedby="identifier-error"
          onChange={(event) => {
            setText(event.target.value)
            setWrong(false)
          }}
        />
        <span className="hint">{t('verify.hint')}</span>
        {wrong && (
          <span id="identifier-error" className="error" role="alert">
            {t('verify.isNumber')}
          </span>
        )}
      </div>
      <div>
        <button type="submit" className="button primary">
          {t('verify.submit')}
        </button>
      </div>
    </form>
  )
}
