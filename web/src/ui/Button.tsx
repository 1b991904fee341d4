import type { ButtonHTMLAttributes } from 'react'
import { Icon, type IconName } from './Icon.tsx'

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly look?: 'primary' | 'danger' | 'plain' | 'default' | undefined
  readonly icon?: IconName | undefined
  readonly busy?: boolean | undefined
  readonly size?: 'small' | undefined
  readonly block?: boolean | undefined
}

export function Button({ look = 'default', icon, busy = false, size, block, children, className, disabled, ...rest }: Props) {
  const classes = ['button', look === 'default' ? '' : look, size ?? '', block === true ? 'block' : '', className ?? '']
  return (
    <button type="button" {...rest} disabled={disabled === true || busy} className={classes.filter(Boolean).join(' ')}>
      {busy ? <span className="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} size={18} />}
      {children}
    </button>
  )
}
