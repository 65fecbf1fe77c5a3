import {signal} from '@preact/signals'

interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'ok' | 'bad'
}

const toasts = signal<readonly Toast[]>([])
const shownMilliseconds = 5000
let last = 0

/** Says something for a moment. */
export const say = (text: string, tone: Toast['tone'] = 'ok'): void => {
  last += 1
  const toast = {id: last, text, tone}
  toasts.value = [...toasts.value.slice(-2), toast]
  setTimeout(() => { toasts.value = toasts.value.filter(({id}) => id !== toast.id) }, shownMilliseconds)
}

export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite">
    {toasts.value.map(({id, text, tone}) => <div class={`toast ${tone}`} key={id}>{text}</div>)}
  </div>
)

/** Into the clipboard, and says so. */
export const copy = async (text: string, what: string): Promise<void> => {
  await navigator.clipboard.writeText(text).then(() => say(`${what} copied`), () => say(`The browser did not let ${what.toLowerCase()} be copied`, 'bad'))
}
