import {useState} from 'preact/hooks'
import {clockTime} from '../../core/format'
import {explain} from '../../core/http'
import {href} from '../../core/route'
import {runtime} from '../../core/runtime'
import {Button} from '../../ui/button'
import {Dialog} from '../../ui/dialog'
import {Notice} from '../../ui/feedback'
import {Choice} from '../../ui/fields'
import {pretty} from '../../ui/json'
import {Editor} from '../../ui/lazy-editor'
import {type Tried, tryPattern} from './calls'

const first = '{\n  "detail-type": ["FileDownloadFailed"]\n}'

const Outcome = ({tried: {tried, matching}}: {tried: Tried}) => (
  <div class="stack">
    <Notice kind={matching.length === 0 ? 'plain' : 'ok'}>{matching.length} of the last {tried} events meet it.</Notice>
    <ul class="matches">
      {matching.slice(0, 50).map(({eventId, at, name, fileId}) => (
        <li key={eventId}><a class="row spread" href={href('events', eventId)}><span class="cut">{name} <span class="muted">{fileId}</span></span><span class="muted numbers">{clockTime(at)}</span></a></li>
      ))}
    </ul>
  </div>
)

/** Tries a rule's pattern, or one of one's own, on what was said lately. */
export const PatternDialog = ({onClose}: {onClose: () => void}) => {
  const [pattern, setPattern] = useState(first)
  const [rule, setRule] = useState('')
  const [tried, setTried] = useState<Tried>()
  const [error, setError] = useState<string>()
  const rules = (runtime.value?.rules ?? []).filter(({pattern: text}) => text !== undefined)
  const run = (): void => void tryPattern(pattern).then((outcome) => {
    setTried(outcome)
    setError(undefined)
  }, (reason: unknown) => setError(explain(reason)))
  return (
    <Dialog title="Try a pattern" onClose={onClose}>
      <Choice
        label="Begin with" value={rule} options={[['', 'A pattern of your own'], ...rules.map(({name}) => [name, `Rule ${name}`] as const)]}
        onChange={(name) => {
          setRule(name)
          setPattern(pretty(rules.find((each) => each.name === name)?.pattern ?? first))
        }}
      />
      <Editor label="Event pattern" value={pattern} revision={rule} onChange={setPattern} />
      <div><Button kind="primary" onClick={run}>Try on recent events</Button></div>
      {error !== undefined && <Notice kind="bad">{error}</Notice>}
      {error === undefined && tried !== undefined && <Outcome tried={tried} />}
    </Dialog>
  )
}
