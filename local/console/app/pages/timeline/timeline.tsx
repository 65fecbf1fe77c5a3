import {useState} from 'preact/hooks'
import {Activity, ChartGantt, ScrollText, Workflow} from 'lucide'
import {type Entry, isOfType} from '../../../api/entry'
import {dollars, duration, when} from '../../core/format'
import {local} from '../../core/http'
import {useLive} from '../../core/live'
import {go, href, route} from '../../core/route'
import {runtime} from '../../core/runtime'
import {LinkButton} from '../../ui/button'
import {Empty, Notice, Skeleton} from '../../ui/feedback'
import {Choice} from '../../ui/fields'
import {Chart} from './chart'
import {listCosts} from './cost'
import {countRetries, courseOf} from './facts'
import {listSpans} from './spans'

interface Known {
  readonly fileId: string
  readonly title: string | null
  readonly lastAt: string
}

interface Story {
  readonly fileId: string
  readonly logLines: number
  readonly entries: readonly Entry[]
}

const listFiles = async (): Promise<readonly Known[]> => (await local<{files: readonly Known[]}>('/files?limit=100')).files

const Cost = ({entries}: {entries: readonly Entry[]}) => {
  const items = listCosts(entries, (name) => runtime.value?.functions.find((each) => each.name === name)?.memoryMegabytes ?? 0, PRICES.items)
  const total = items.reduce((sum, item) => sum + item.dollars, 0)
  return (
    <section class="card" aria-label="Cost">
      <div class="card-head"><h2>What it would cost on AWS</h2><strong class="numbers">{dollars(total)}</strong></div>
      <div class="card-body stack">
        <table class="table numbers">
          <tbody>{items.filter((item) => item.dollars > 0).map((item) => <tr key={item.name}><td>{item.name}</td><td class="muted">{item.quantity}</td><td class="cost">{dollars(item.dollars)}</td></tr>)}</tbody>
        </table>
        <p class="small muted">List prices of {PRICES.date}, no free tier, the object kept for a month.</p>
      </div>
    </section>
  )
}

const Facts = ({story: {fileId, entries, logLines}}: {story: Story}) => {
  const {title, from, to} = courseOf(entries)
  const correlationId = entries.findLast(isOfType('event'))?.correlationId
  return (
    <section class="card" aria-label="Facts">
      <div class="card-head"><h2>{title}</h2><strong class="numbers">{duration(to - from)}</strong></div>
      <div class="card-body stack">
        <dl class="facts numbers">
          <dt>Began</dt><dd>{when(new Date(from).toISOString())}</dd>
          <dt>Events</dt><dd>{entries.filter(isOfType('event')).length}</dd>
          <dt>Functions</dt><dd>{entries.filter(isOfType('invocation')).length} calls</dd>
          <dt>Retries</dt><dd>{countRetries(entries)}</dd>
          <dt>Pushes</dt><dd>{entries.filter(isOfType('notification')).length}</dd>
          <dt>File</dt><dd><code>{fileId}</code></dd>
        </dl>
        <div class="row wrap">
          <LinkButton kind="slim" icon={Workflow} to={href('workflow', undefined, {file: fileId})}>Workflow</LinkButton>
          <LinkButton kind="slim" icon={Activity} to={href('events', undefined, {text: fileId})}>Events</LinkButton>
          {correlationId !== undefined && <LinkButton kind="slim" icon={ScrollText} to={href('logs', undefined, {correlationId})}>{`${logLines} log lines`}</LinkButton>}
        </div>
      </div>
    </section>
  )
}

const StoryView = ({fileId}: {fileId: string}) => {
  const {data, error} = useLive(() => local<Story>(`/files/${encodeURIComponent(fileId)}/story`), (entry) => entry.fileId === fileId, [fileId])
  const [chosen, setChosen] = useState<string>()
  if (data === undefined) {
    return error === undefined ? <div class="card"><Skeleton lines={8} /></div> : <Notice kind="bad">{error}</Notice>
  }
  if (data.entries.length === 0) {
    return <div class="card"><Empty icon={ChartGantt} title="Nothing is known of this file">The journal keeps the newest 20,000 entries of each kind.</Empty></div>
  }
  return (
    <div class="timeline-layout">
      <section class="card" aria-label="Timeline"><Chart spans={listSpans(data.entries, Date.now())} chosen={chosen} onChoose={setChosen} /></section>
      <div class="stack timeline-side"><Facts story={data} /><Cost entries={data.entries} /></div>
    </div>
  )
}

/** One file's story on one axis of time. */
export const TimelinePage = () => {
  const {data: files = [], error} = useLive(listFiles, ({type}) => type === 'event', [])
  const fileId = route.value.id ?? files[0]?.fileId
  const isListed = fileId === undefined || files.some((file) => file.fileId === fileId)
  const options = [...files.map((file) => [file.fileId, file.title ?? file.fileId] as const), ...(isListed ? [] : [[fileId, fileId] as const])]
  return (
    <div class="page">
      <div class="page-head">
        <div><h1>Timeline</h1><p>One file, from the request to the push.</p></div>
        {options.length > 0 && <div class="timeline-choice"><Choice label="File" hideLabel value={fileId ?? ''} options={options} onChange={(id) => go(href('timeline', id))} /></div>}
      </div>
      {error !== undefined && <Notice kind="bad">{error}</Notice>}
      {fileId === undefined
        ? <div class="card"><Empty icon={ChartGantt} title="No story yet">Request a file, and its story is told here while it happens.</Empty></div>
        : <StoryView fileId={fileId} key={fileId} />}
    </div>
  )
}
