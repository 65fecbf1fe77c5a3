import type {ComponentChildren} from 'preact'
import type {IconNode} from 'lucide'
import {Icon} from './icon'

interface Props {
  readonly icon?: IconNode
  /** For screen readers, if there is no text. */
  readonly label?: string
  readonly kind?: string
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly expanded?: boolean
  readonly type?: 'button' | 'submit'
  readonly onClick?: () => void
  readonly children?: ComponentChildren
}

export const Button = ({icon, label, kind = '', disabled = false, pressed, expanded, type = 'button', onClick, children}: Props) => (
  <button
    type={type} class={`button ${kind}${children === undefined ? ' icon' : ''}`} disabled={disabled} aria-label={label} title={children === undefined ? label : undefined}
    aria-pressed={pressed} aria-expanded={expanded} onClick={onClick}
  >
    {icon !== undefined && <Icon of={icon} />}
    {children}
  </button>
)

interface LinkProps {
  readonly to: string
  readonly icon: IconNode
  readonly kind?: string
  readonly label?: string
  readonly download?: string
  readonly children?: ComponentChildren
}

/** Looks like a button and leads somewhere. */
export const LinkButton = ({to, icon, kind = '', label, download, children}: LinkProps) => (
  <a class={`button ${kind}${children === undefined ? ' icon' : ''}`} href={to} aria-label={label} title={children === undefined ? label : undefined} download={download}>
    <Icon of={icon} />
    {children}
  </a>
)
