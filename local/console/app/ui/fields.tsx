import type {ComponentChildren} from 'preact'
import {useId} from 'preact/hooks'
import {Search} from 'lucide'
import {Icon} from './icon'

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: ReadonlyArray<readonly [value: Value, words: string]>
  readonly onChange: (value: Value) => void
  readonly hideLabel?: boolean
}

export const Choice = <Value extends string>({label, value, options, onChange, hideLabel = false}: ChoiceProps<Value>) => {
  const id = useId()
  return (
    <div class="field">
      <label class={hideLabel ? 'visually-hidden' : 'label'} for={id}>{label}</label>
      <select id={id} class="input" value={value} onChange={({currentTarget}) => onChange(options[currentTarget.selectedIndex]![0])}>
        {options.map(([each, words]) => <option value={each} key={each}>{words}</option>)}
      </select>
    </div>
  )
}

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly placeholder?: string
  readonly children?: ComponentChildren
}

export const TextField = ({label, value, onInput, placeholder, children}: TextProps) => {
  const id = useId()
  return (
    <div class="field">
      <label class="label" for={id}>{label}</label>
      <input
        id={id} class="input" type="text" value={value} placeholder={placeholder} spellcheck={false} autocomplete="off"
        onInput={({currentTarget}) => onInput(currentTarget.value)}
      />
      {children}
    </div>
  )
}

export const SearchField = ({label, value, onInput}: TextProps) => (
  <div class="search">
    <Icon of={Search} />
    <input class="input" type="search" aria-label={label} placeholder={label} value={value} onInput={({currentTarget}) => onInput(currentTarget.value)} spellcheck={false} />
  </div>
)

interface ChipsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: ReadonlyArray<readonly [value: Value, words: string, count?: number]>
  readonly onChange: (value: Value) => void
}

/** One of a few, all in sight. */
export const Chips = <Value extends string>({label, value, options, onChange}: ChipsProps<Value>) => (
  <div class="chips" role="group" aria-label={label}>
    {options.map(([each, words, count]) => (
      <button type="button" class="chip" key={each} aria-pressed={each === value} onClick={() => onChange(each)}>
        {words}
        {count !== undefined && <b>{count}</b>}
      </button>
    ))}
  </div>
)
