import {Copy} from 'lucide'
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
  if (typeof value !== 'string') {
    return JSON.stringify(value, null, 2) ?? ''
  }
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
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
