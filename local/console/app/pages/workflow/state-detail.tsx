import {useState} from 'preact/hooks'
import {MousePointerClick} from 'lucide'
import type {State} from 'asl-verify/definition'
import {asObject} from '../../../../../shared/json'
import {duration, preciseTime} from '../../core/format'
import {Empty, Notice, Pill, type Tone} from '../../ui/feedback'
import {Choice} from '../../ui/fields'
import {Json} from '../../ui/json'
import {Tabs} from '../../ui/tabs'
import {type Attempt, type Standing, judgeVisit, type Visit} from './history'
import type {Item} from './items'
import {ItemsStrip} from './items-strip'

const tones: Readonly<Record<Standing, Tone>> = {running: 'run', retrying: 'wait', succeeded: 'ok', caught: 'wait', failed: 'bad'}
const words: Readonly<Record<Standing, string>> = {running: 'Running', retrying: 'Waiting to retry', succeeded: 'Succeeded', caught: 'Caught', failed: 'Failed'}

const iso = (at: number): string => new Date(at).toISOString()

/** A function's error comes as JSON with a sentence in it. */
const readSentence = (cause: string | undefined): string => {
  try {
    return String(asObject(JSON.parse(cause ?? ''))['errorMessage'] ?? cause ?? '')
  } catch {
    return cause ?? ''
  }
}

const AttemptRow = ({attempt, index}: {attempt: Attempt, index: number}) => (
  <tr>
    <td class="numbers">{index + 1}</td>
    <td class="numbers nowrap">{preciseTime(iso(attempt.startedAt))}</td>
    <td class="numbers nowrap">{attempt.endedAt === undefined ? '…' : duration(attempt.endedAt - attempt.startedAt)}</td>
    <td>{attempt.error === undefined ? attempt.endedAt === undefined ? 'Running' : 'Succeeded' : <><strong>{attempt.error}</strong><br />{readSentence(attempt.cause)}</>}</td>
  </tr>
)

const Attempts = ({attempts}: {attempts: readonly Attempt[]}) => attempts.length === 0
  ? <p class="small muted">This state calls nothing, so there is nothing to try again.</p>
  : (
      <div class="scroll-x">
        <table class="table">
          <thead><tr><th>Attempt</th><th>Began</th><th>Took</th><th>Outcome</th></tr></thead>
          <tbody>{attempts.map((attempt, index) => <AttemptRow attempt={attempt} index={index} key={index} />)}</tbody>
        </table>
      </div>
    )

const ErrorTab = ({attempts}: {attempts: readonly Attempt[]}) => {
  const failed = attempts.findLast(({error}) => error !== undefined)
  return failed === undefined
    ? <p class="small muted">No attempt has failed.</p>
    : <div class="stack"><Notice kind="bad"><strong>{failed.error}</strong><br />{readSentence(failed.cause)}</Notice>{failed.cause !== undefined && <Json value={failed.cause} label="Cause" />}</div>
}

type Tab = 'input' | 'output' | 'call' | 'error' | 'attempts' | 'definition'

const Content = ({tab, visit, state}: {tab: Tab, visit: Visit | undefined, state: State}) => {
  switch (tab) {
    case 'input': return visit?.input === undefined ? <p class="small muted">Not entered yet.</p> : <Json value={visit.input} label="Input" />
    case 'output': return visit?.output === undefined ? <p class="small muted">Not left yet.</p> : <Json value={visit.output} label="Output" />
    case 'call': return visit?.attempts.at(-1)?.parameters === undefined ? <p class="small muted">This state calls nothing.</p> : <Json value={visit.attempts.at(-1)?.parameters} label="Parameters" />
    case 'error': return <ErrorTab attempts={visit?.attempts ?? []} />
    case 'attempts': return <Attempts attempts={visit?.attempts ?? []} />
    default: return <Json value={state} label="Definition" />
  }
}

const Times = ({visit, isOver}: {visit: Visit, isOver: boolean}) => {
  const standing = judgeVisit(visit, isOver)
  return (
    <div class="row wrap small muted numbers">
      <Pill tone={tones[standing]}>{words[standing]}</Pill>
      {visit.item !== undefined && <span>Item {visit.item + 1}</span>}
      <span>{preciseTime(iso(visit.enteredAt))}</span>
      {visit.exitedAt !== undefined && <span>{duration(visit.exitedAt - visit.enteredAt)}</span>}
      {visit.attempts.length > 1 && <span>{visit.attempts.length} attempts</span>}
    </div>
  )
}

interface Props {
  readonly name: string | undefined
  readonly state: State | undefined
  readonly visits: readonly Visit[]
  /** Of the Map that the state is, or is in. */
  readonly items: readonly Item[]
  readonly isOver: boolean
}

/** The visit that is shown: the chosen one, else the newest; an item of a Map has its own visit, in whatever state it is. */
const findVisit = (visits: readonly Visit[], items: readonly Item[], chosen: string): Visit | undefined =>
  (items.length > 0 && chosen !== '' ? items[Number(chosen)]?.visit : visits[chosen === '' ? visits.length - 1 : Number(chosen)]) ?? visits.at(-1)

/** What went into a state, what came out, and what it took. */
export const StateDetail = ({name, state, visits, items, isOver}: Props) => {
  const [tab, setTab] = useState<Tab>('input')
  const [chosen, setChosen] = useState<string>('')
  if (name === undefined || state === undefined) {
    return <Empty icon={MousePointerClick} title="Choose a state">Its input, output, errors and retries are shown here.</Empty>
  }
  const visit = findVisit(visits, items, chosen)
  const chosenItem = visit?.item ?? (chosen === '' ? undefined : Number(chosen))
  const tabs = [['input', 'Input'], ['output', 'Output'], ['call', 'Call'], ['error', 'Error'], ['attempts', 'Attempts'], ['definition', 'Definition']] as const
  return (
    <>
      <div class="state-head">
        <div class="row spread wrap">
          <h2>{name}</h2>
          {items.length === 0 && visits.length > 1 && (
            <Choice label="Visit" hideLabel value={chosen === '' ? String(visits.length - 1) : chosen} onChange={setChosen} options={visits.map((_, index) => [String(index), `Visit ${index + 1} of ${visits.length}`] as const)} />
          )}
        </div>
        {state.Comment !== undefined && <p class="small muted">{state.Comment}</p>}
        {items.length > 0 && <ItemsStrip items={items} isOver={isOver} chosen={chosenItem} onChoose={(index) => setChosen(chosen === String(index) ? '' : String(index))} />}
        {visit !== undefined && <Times visit={visit} isOver={isOver} />}
      </div>
      <Tabs label="About the state" value={tab} tabs={tabs} onChange={setTab}><Content tab={tab} visit={visit} state={state} /></Tabs>
    </>
  )
}
