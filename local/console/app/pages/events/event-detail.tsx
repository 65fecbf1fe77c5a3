import {ChartGantt, Copy, Mail, MousePointerClick, ScrollText, Workflow} from 'lucide'
import {arnName} from '../../../../../shared/wiring/arn'
import {duration, preciseTime} from '../../core/format'
import {useLive} from '../../core/live'
import {href} from '../../core/route'
import {Button, LinkButton} from '../../ui/button'
import {Empty, Notice, Pill, Skeleton, type Tone} from '../../ui/feedback'
import {Json} from '../../ui/json'
import {copy} from '../../ui/toast'
import {type Detailed, oneEvent, type Shown} from './calls'

const tones: Readonly<Record<string, Tone>> = {delivered: 'ok', retrying: 'wait', 'dead-lettered': 'bad'}

export const Problems = ({problems}: Pick<Shown, 'problems'>) => (
  <ul>{problems.map(({at, message}) => <li key={`${at} ${message}`}><code>{at === '' ? 'event' : at.slice(1).replaceAll('/', '.')}</code> {message}</li>)}</ul>
)

export const Verdict = ({verdict, problems}: Pick<Shown, 'verdict' | 'problems'>) => {
  switch (verdict) {
    case 'valid': return <Notice kind="ok">It keeps its contract.</Notice>
    case 'invalid': return <Notice kind="bad"><strong>Its contract refuses it. Consumers will too.</strong><Problems problems={problems} /></Notice>
    default: return <Notice>The registry has no contract for this event.</Notice>
  }
}

const Deliveries = ({event: {rules, attempts}}: {event: Detailed}) => (
  <section class="stack" aria-label="Deliveries">
    <h3>Rules and deliveries</h3>
    {rules.length === 0
      ? <p class="small muted">It met no rule. The archive keeps it all the same.</p>
      : <p class="small muted">It met {rules.map((rule, index) => <span key={rule}>{index > 0 && ', '}<code>{rule}</code></span>)}.</p>}
    {attempts.length > 0 && (
      <div class="scroll-x">
        <table class="table">
          <thead><tr><th>Rule → target</th><th>Attempt</th><th>When</th><th>Outcome</th></tr></thead>
          <tbody>
            {attempts.map(({at, rule, target, outcome, attempt, error}) => (
              <tr key={`${rule} ${target} ${attempt}`}>
                <td><code>{rule}</code> → <code>{arnName(target)}</code>{error !== undefined && <div class="small muted">{error}</div>}</td>
                <td class="numbers">{attempt}</td>
                <td class="numbers nowrap">{preciseTime(at)}</td>
                <td><Pill tone={tones[outcome] ?? 'plain'}>{outcome}</Pill></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)

const Consumers = ({event: {invocations}}: {event: Detailed}) => invocations.length === 0
  ? null
  : (
      <section class="stack" aria-label="Consumers">
        <h3>What the consumers did</h3>
        <div class="scroll-x">
          <table class="table">
            <thead><tr><th>Function</th><th>When</th><th>Took</th><th>Outcome</th></tr></thead>
            <tbody>
              {invocations.map(({at, functionName, requestId, milliseconds, error}) => (
                <tr key={`${requestId} ${at}`}>
                  <td class="nowrap"><a href={href('logs', undefined, {name: functionName, requestId})}>{functionName}</a></td>
                  <td class="numbers nowrap">{preciseTime(at)}</td>
                  <td class="numbers nowrap">{duration(milliseconds)}</td>
                  <td>{error === undefined ? <Pill tone="ok">done</Pill> : <><Pill tone="bad">failed</Pill><div class="small">{error}</div></>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    )

const Links = ({event: {event}}: {event: Detailed}) => {
  const {fileId, correlationId} = event.detail as {fileId?: string, correlationId?: string}
  return (
    <div class="row wrap">
      {fileId !== undefined && <LinkButton kind="quiet slim" icon={ChartGantt} to={href('timeline', fileId)}>Timeline</LinkButton>}
      {fileId !== undefined && <LinkButton kind="quiet slim" icon={Workflow} to={href('workflow', undefined, {file: fileId})}>Workflow</LinkButton>}
      {correlationId !== undefined && <LinkButton kind="quiet slim" icon={ScrollText} to={href('logs', undefined, {correlationId})}>Logs</LinkButton>}
      <Button kind="quiet slim" icon={Copy} onClick={() => void copy(event.id, 'Id')}>Copy id</Button>
    </div>
  )
}

const Content = ({eventId}: {eventId: string}) => {
  const {data, error} = useLive(() => oneEvent(eventId), (entry) => entry.eventId === eventId, [eventId])
  if (error !== undefined) {
    return <div class="card-body"><Notice kind="bad">{error}</Notice></div>
  }
  if (data === undefined) {
    return <Skeleton lines={6} />
  }
  return (
    <>
      <div class="card-head wrap">
        <div class="row"><h2>{data.event['detail-type']}</h2>{data.event['replay-name'] !== undefined && <Pill tone="plain">replay</Pill>}</div>
        <Links event={data} />
      </div>
      <div class="pane-scroll card-body stack detail" tabIndex={0} role="group" aria-label="The event">
        <Verdict {...data} />
        <Deliveries event={data} />
        <Consumers event={data} />
        <h3>Envelope</h3>
        <Json value={data.event} label="Envelope" />
      </div>
    </>
  )
}

/** One event: its envelope, what its contract says, and what became of it. */
export const EventDetail = ({eventId, hasEvents}: {eventId: string | undefined, hasEvents: boolean}) => (
  <section class="card pane tall" aria-label="Event">
    {eventId === undefined
      ? <Empty icon={hasEvents ? MousePointerClick : Mail} title="Choose an event">Its envelope, its contract's verdict, the rules that it met and every delivery are shown here.</Empty>
      : <Content eventId={eventId} />}
  </section>
)
