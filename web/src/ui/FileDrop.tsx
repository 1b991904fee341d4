import { useId, useRef, useState } from 'react'
import { t } from '../platform/i18n.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { ProblemNotice } from './states.tsx'

type Props<Stored> = {
  readonly label: string
  /** Endings such as `pdf`; shown, and used as the picker's filter. The server reads the type from the bytes. */
  readonly formats?: readonly string[] | undefined
  readonly maxMegabytes?: number | undefined
  readonly send: (file: File) => Promise<Stored>
  readonly onStored: (stored: Stored) => void
}

/** Choose, photograph or drop a file; what is too large is said before it travels. */
export function FileDrop<Stored>({ label, formats = ['pdf', 'jpg', 'png'], maxMegabytes = 20, send, onStored }: Props<Stored>) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [over, setOver] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    setError(null)
    setTooLarge(file.size > maxMegabytes * 1024 * 1024)
    if (file.size > maxMegabytes * 1024 * 1024) return
    setBusy(true)
    try {
      onStored(await send(file))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
      if (input.current !== null) input.current.value = ''
    }
  }
  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a convenience beside the button */}
      <div
        className={`drop${over ? ' over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        <input
          ref={input}
          id={id}
          className="visually-hidden"
          type="file"
          tabIndex={-1}
          aria-label={label}
          accept={formats.map((format) => `.${format}${format === 'jpg' ? ',.jpeg' : ''}`).join(',')}
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <Button icon="upload" busy={busy} onClick={() => input.current?.click()}>
          {busy ? t('file.sending') : t('file.choose')}
          <span className="visually-hidden">{label}</span>
        </Button>
        <span className="small muted">{t('file.rule', { formats: formats.join(' / ').toUpperCase(), n: maxMegabytes })}</span>
      </div>
      {tooLarge && (
        <p className="field">
          <span className="error" role="alert">
            <Icon name="warn" size={16} />
            {t('file.tooLarge', { n: maxMegabytes })}
          </span>
        </p>
      )}
      <ProblemNotice error={error} />
    </div>
  )
}
