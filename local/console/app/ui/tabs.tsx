import type {ComponentChildren} from 'preact'
import {useId} from 'preact/hooks'

interface Props<Name extends string> {
  readonly label: string
  readonly value: Name
  readonly tabs: ReadonlyArray<readonly [Name, string]>
  readonly onChange: (name: Name) => void
  readonly children: ComponentChildren
}

const step: Readonly<Record<string, number>> = {ArrowRight: 1, ArrowLeft: -1}

/** Tabs as the keyboard knows them: arrows move, only the chosen one is a stop. */
export const Tabs = <Name extends string>({label, value, tabs, onChange, children}: Props<Name>) => {
  const id = useId()
  const move = (event: KeyboardEvent): void => {
    const by = step[event.key]
    if (by !== undefined) {
      const index = tabs.findIndex(([name]) => name === value)
      const [name] = tabs[(index + by + tabs.length) % tabs.length]!
      onChange(name)
      document.getElementById(`${id}-${name}`)?.focus()
    }
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(([name, words]) => (
          <button
            type="button" class="tab" role="tab" key={name} id={`${id}-${name}`} aria-selected={name === value} aria-controls={`${id}-panel`}
            tabIndex={name === value ? 0 : -1} onClick={() => onChange(name)}
          >
            {words}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} tabIndex={0}>{children}</div>
    </>
  )
}
