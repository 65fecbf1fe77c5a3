import type {ComponentChildren} from 'preact'
import {CircleAlert, CircleCheck, Info, type IconNode} from 'lucide'
import {Icon} from './icon'

/** What to do if there is nothing yet. */
export const Empty = ({icon, title, children}: {icon: IconNode, title: string, children?: ComponentChildren}) => (
  <div class="empty">
    <Icon of={icon} size={28} />
    <h2>{title}</h2>
    {children !== undefined && <p>{children}</p>}
  </div>
)

const signs = {bad: CircleAlert, wait: CircleAlert, ok: CircleCheck, plain: Info}

export const Notice = ({kind = 'plain', children}: {kind?: keyof typeof signs, children: ComponentChildren}) => (
  <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : undefined}>
    <Icon of={signs[kind]} />
    <div class="grow">{children}</div>
  </div>
)

/** Grey lines in place of what is being loaded. */
export const Skeleton = ({lines = 4}: {lines?: number}) => (
  <div class="stack card-body" role="status" aria-label="Loading">
    {Array.from({length: lines}, (_, index) => <div class="skeleton" key={index} style={{width: `${90 - index * 13}%`}} />)}
  </div>
)

export type Tone = 'ok' | 'wait' | 'bad' | 'run' | 'plain'

export const Pill = ({tone, children}: {tone: Tone, children: ComponentChildren}) => <span class={`pill ${tone}`}>{children}</span>
