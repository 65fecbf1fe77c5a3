import type {ComponentChildren} from 'preact'
import {useEffect, useRef} from 'preact/hooks'
import {X} from 'lucide'
import {Button} from './button'

interface Props {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** The browser's own modal: it keeps the focus inside and gives it back. */
export const Dialog = ({title, onClose, children}: Props) => {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    element.current?.showModal()
  }, [])
  return (
    <dialog
      class="dialog" ref={element} aria-label={title} onClose={onClose}
      onClick={({target}) => { if (target === element.current) { element.current?.close() } }}
    >
      <div class="dialog-head">
        <h2>{title}</h2>
        <Button icon={X} label="Close" kind="quiet" onClick={() => element.current?.close()} />
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
