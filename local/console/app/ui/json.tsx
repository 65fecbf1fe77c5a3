import {Copy} from 'lucide'
import {parsedJson} from '../../../../shared/json'
import {Button} from './button'
import {copy} from './toast'

const token = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g

type Piece = readonly [text: string, kind?: 'k' | 's' | 'n' | 'w']

const tokenKind = (text: string, isKey: boolean): 'k' | 's' | 'n' | 'w' =>
  isKey ? 'k' : text.startsWith('"') ? 's' : /^[-\d]/.test(text) ? 'n' : 'w'

/** JSON in pieces by what they are. */
export const splitJson = (json: string): Piece[] => {
  const pieces: Piece[] = []
  let end = 0
  for (const match of json.matchAll(token)) {
    const [whole, string, colon] = match
    const text = string ?? whole
    pieces.push([json.slice(end, match.index)], [text, tokenKind(text, colon !== undefined)], [colon ?? ''])
    end = match.index + whole.length
  }
  return [...pieces, [json.slice(end)]]
}

/** Text that may be JSON, made readable. */
export const pretty = (value: unknown): string => {
  const text = typeof value === 'string' ? value : undefined
  return JSON.stringify(text === undefined ? value : parsedJson(text), null, 2) ?? text ?? ''
}

/** A value as it is in JSON, in colour. */
export const Json = ({value, label}: {value: unknown, label: string}) => {
  const text = pretty(value)
  return (
    <div class="json">
      <pre class="code" tabIndex={0} aria-label={label}>
        {splitJson(text).map(([piece, kind], index) => kind === undefined ? piece : <span class={kind} key={index}>{piece}</span>)}
      </pre>
      <Button kind="quiet slim" icon={Copy} label={`Copy ${label.toLowerCase()}`} onClick={() => void copy(text, label)} />
    </div>
  )
}
