import {href} from '../../core/route'
import {Notice} from '../../ui/feedback'
import type {ShadowReport} from './calls'

const Figure = ({value, words}: {value: string | number, words: string}) => <div class="figure"><strong class="numbers">{value}</strong><span>{words}</span></div>

/** What the shadow found: how much is the same, and what is not. */
export const ShadowOutcome = ({report}: {report: ShadowReport}) => {
  const {events, attempts, same, different, open, effects, suppressed, seconds, differences} = report
  return (
    <section class="card" aria-label="Shadow" data-different={different}>
      <div class="card-head"><h2>What the shadow found</h2><span class="small muted numbers">{seconds.toFixed(1)} s</span></div>
      <div class="card-body stack">
        <Notice kind={different === 0 ? 'ok' : 'wait'}>{different === 0 ? 'Today\'s code does what was done then.' : `${different} of ${attempts} attempts end otherwise than they did.`}</Notice>
        <div class="figures">
          <Figure value={events} words="events" /><Figure value={same} words="attempts the same" /><Figure value={different} words="different" /><Figure value={open} words="same so far" />
          <Figure value={suppressed.transfers + suppressed.pushes + suppressed.events} words="effects kept inside" /><Figure value={effects} words="effects outside" />
        </div>
        {differences.length > 0 && (
          <ul class="differences">
            {differences.slice(0, 100).map(({fileId, correlationId, differences: found}) => (
              <li key={correlationId}><a href={href('timeline', fileId)}><code>{fileId}</code></a><ul>{found.map((words) => <li class="small" key={words}>{words}</li>)}</ul></li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
