import {useEffect, useState} from 'preact/hooks'
import {Archive as ArchiveIcon, Eye, History, Play} from 'lucide'
import {duration, when} from '../../core/format'
import {explain} from '../../core/http'
import {useLive} from '../../core/live'
import {runtime} from '../../core/runtime'
import {Button} from '../../ui/button'
import {Empty, Notice, Pill, Skeleton, type Tone} from '../../ui/feedback'
import {say} from '../../ui/toast'
import {type Archive, readHistogram, listReplays, type Replay, type ShadowReport, shadowReplay, readSpan, startReplay, type Window} from './calls'
import {Histogram} from './histogram'
import {RuleChoice} from './rules'
import {ShadowOutcome} from './shadow'

const bucketCount = 60
const air = 1000

/** A time as the browser's own field has it, in the reader's zone. */
const toFieldValue = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)

const TimeField = ({label, value, onChange}: {label: string, value: number, onChange: (at: number) => void}) => (
  <label class="field">
    <span class="label">{label}</span>
    <input class="input" type="datetime-local" step="1" value={toFieldValue(value)} onChange={({currentTarget}) => {
      const at = Date.parse(currentTarget.value)
      if (!Number.isNaN(at)) {
        onChange(at)
      }
    }} />
  </label>
)

const tones: Readonly<Record<string, Tone>> = {COMPLETED: 'ok', RUNNING: 'run', STARTING: 'run', FAILED: 'bad', CANCELLED: 'wait', CANCELLING: 'wait'}

/** A short one ends in the second in which it began. */
const formatElapsed = (start: number, end: number | undefined): string =>
  end === undefined ? '…' : end - start < 1 ? 'under 1 s' : duration((end - start) * 1000)

const Replays = () => {
  const {data = [], reload} = useLive(listReplays, ({type}) => type === 'event', [])
  const isGoing = data.some(({State}) => State === 'RUNNING' || State === 'STARTING')
  useEffect(() => {
    const timer = isGoing ? setInterval(reload, 500) : undefined
    return () => clearInterval(timer)
  }, [isGoing])
  const row = ({ReplayName, State, StateReason, EventStartTime, EventEndTime, ReplayStartTime, ReplayEndTime}: Replay) => (
    <tr key={ReplayName}>
      <td><code>{ReplayName}</code>{StateReason !== undefined && <div class="small muted">{StateReason}</div>}</td>
      <td class="numbers nowrap">{when(new Date(EventStartTime * 1000).toISOString())} – {when(new Date(EventEndTime * 1000).toISOString())}</td>
      <td class="numbers nowrap">{formatElapsed(ReplayStartTime, ReplayEndTime)}</td>
      <td><Pill tone={tones[State] ?? 'plain'}>{State.toLowerCase()}</Pill></td>
    </tr>
  )
  return (
    <section class="card" aria-label="Replays">
      <div class="card-head"><h2>Replays so far</h2></div>
      {data.length === 0
        ? <Empty icon={History} title="Nothing was replayed yet">A replay sends archived events to the bus again, marked by its name.</Empty>
        : <div class="card-body scroll-x"><table class="table"><thead><tr><th>Replay</th><th>Window</th><th>Took</th><th>State</th></tr></thead><tbody>{data.map(row)}</tbody></table></div>}
    </section>
  )
}

const Chooser = ({archive, span}: {archive: Archive, span: Window}) => {
  const whole = {from: span.from - air, to: span.to + air}
  const [chosen, setChosen] = useState<Window>()
  const [rules, setRules] = useState<readonly string[]>([])
  const [report, setReport] = useState<ShadowReport | string>()
  const [isBusy, setBusy] = useState(false)
  const {data: buckets} = useLive(() => readHistogram(archive.name, whole, bucketCount), ({type}) => type === 'event', [archive.name, span.from, span.to])
  const window = chosen ?? whole
  const width = (whole.to - whole.from) / bucketCount
  const count = (buckets ?? []).filter(({from}) => Date.parse(from) >= window.from - width && Date.parse(from) <= window.to)
    .reduce((sum, bucket) => sum + bucket.count, 0)
  const local = (): void => void startReplay(archive, window, rules).then((name) => say(`${name} has begun`), (error: unknown) => say(explain(error), 'bad'))
  const shadow = async (): Promise<void> => {
    setBusy(true)
    setReport(await shadowReplay(archive.name, window).catch(explain))
    setBusy(false)
  }
  return (
    <>
      <section class="card" aria-label="Archive">
        <div class="card-head wrap"><h2>{archive.name}</h2><span class="small muted numbers">about {count} events in the window</span></div>
        <div class="card-body stack">
          {buckets === undefined ? <Skeleton /> : <Histogram window={whole} buckets={buckets} count={bucketCount} onChoose={setChosen} />}
          <div class="replay-fields">
            <TimeField label="From" value={window.from} onChange={(from) => setChosen({...window, from})} />
            <TimeField label="To" value={window.to} onChange={(to) => setChosen({...window, to})} />
            <RuleChoice chosen={rules} onChange={setRules} />
          </div>
          <div class="row wrap">
            <Button kind="primary" icon={Eye} disabled={isBusy} onClick={() => void shadow()}>{isBusy ? 'Running…' : 'Replay in the shadow'}</Button>
            <Button icon={Play} onClick={local}>Replay on the local bus</Button>
            <span class="small muted replay-words">The shadow runs today's functions on these events and keeps every effect inside. On the local bus, rules see the events again, marked by the replay's name.</span>
          </div>
        </div>
      </section>
      {typeof report === 'string' && <Notice kind="bad">{report}</Notice>}
      {typeof report === 'object' && <ShadowOutcome report={report} />}
    </>
  )
}

const ArchiveView = ({archive}: {archive: Archive}) => {
  const {data, error} = useLive(async () => ({span: await readSpan(archive.name)}), ({type}) => type === 'event', [archive.name])
  if (data === undefined) {
    return error === undefined ? <div class="card"><Skeleton lines={6} /></div> : <Notice kind="bad">{error}</Notice>
  }
  return data.span === undefined
    ? <div class="card"><Empty icon={ArchiveIcon} title="The archive is empty">Every event on the bus is kept in it for 90 days. Request a file, and there is something to replay.</Empty></div>
    : <Chooser archive={archive} span={data.span} />
}

/** What was said before, said again: in the shadow, or on the bus. */
export const ReplayPage = () => {
  const archive = runtime.value?.archives[0]
  return (
    <div class="page">
      <div class="page-head"><div><h1>Replay</h1><p>Choose a window of the archive, and see what today's code makes of it.</p></div></div>
      {archive === undefined ? <div class="card"><Skeleton lines={6} /></div> : <ArchiveView archive={archive} />}
      <Replays />
    </div>
  )
}
