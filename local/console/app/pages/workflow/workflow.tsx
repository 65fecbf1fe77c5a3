import {useEffect, useMemo, useState} from 'preact/hooks'
import {Activity, ChartGantt, Folder, RotateCcw, Square} from 'lucide'
import type {Machine} from 'asl-verify/definition'
import {asObject, parsedJson} from '../../../../../shared/json'
import {duration} from '../../core/format'
import {explain} from '../../core/http'
import {useLive} from '../../core/live'
import {go, href, route} from '../../core/route'
import {Button, LinkButton} from '../../ui/button'
import {Notice, Skeleton} from '../../ui/feedback'
import {Tabs} from '../../ui/tabs'
import {say} from '../../ui/toast'
import {type Described, describeExecution, readHistory, listExecutions, readMachine, redriveExecution, stopExecution} from './calls'
import {Executions, StatusPill, useExecutions} from './executions'
import {MachineGraph} from './graph'
import {type HistoryEvent, stateStanding, type Visit, visitsByState, listVisits} from './history'
import {HistoryList} from './history-list'
import {type Item, listItems} from './items'
import {findMap, listStates} from './machine'
import {StateDetail} from './state-detail'

const readFileId = ({input}: Described): string | undefined => {
  const {fileId} = asObject(parsedJson(input))
  return typeof fileId === 'string' ? fileId : undefined
}

const act = (what: Promise<unknown>, done: string): void => { what.then(() => say(done), (error: unknown) => say(explain(error), 'bad')) }

const Head = ({execution}: {execution: Described}) => {
  const {arn, name, status, startedAt, stoppedAt} = execution
  const fileId = readFileId(execution)
  const canRedrive = ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status)
  return (
    <div class="card-head wrap">
      <div class="row">
        <StatusPill status={status} />
        <span class="small muted numbers nowrap">{stoppedAt === undefined ? 'under way' : duration(stoppedAt - startedAt)}</span>
        <code class="small muted cut execution-name" title={name}>{name}</code>
      </div>
      <div class="row">
        {fileId !== undefined && <LinkButton kind="quiet slim" icon={Folder} to={href('files', undefined, {file: fileId})}>File</LinkButton>}
        {fileId !== undefined && <LinkButton kind="quiet slim" icon={ChartGantt} to={href('timeline', fileId)}>Timeline</LinkButton>}
        {fileId !== undefined && <LinkButton kind="quiet slim" icon={Activity} to={href('events', undefined, {text: fileId})}>Events</LinkButton>}
        {status === 'RUNNING' && <Button kind="quiet slim" icon={Square} onClick={() => act(stopExecution(arn), 'Stopped')}>Stop</Button>}
        {canRedrive && <Button kind="quiet slim" icon={RotateCcw} onClick={() => act(redriveExecution(arn), 'Goes on where it failed')}>Redrive</Button>}
      </div>
    </div>
  )
}

interface Known {
  readonly execution: Described | undefined
  readonly machine: Machine | undefined
  readonly events: readonly HistoryEvent[]
}

const load = async (arn: string | undefined): Promise<Known> => {
  if (arn === undefined) {
    return {execution: undefined, machine: await readMachine(), events: []}
  }
  const [execution, machine, events] = await Promise.all([describeExecution(arn), readMachine(arn), readHistory(arn)])
  return {execution, machine, events}
}

/** The ways that were gone: from each visit to the next one on its line, and from the start. */
const takenBy = (visits: readonly Visit[], machine: Machine, isOver: boolean): Set<string> => {
  const ways = visits.map(({from, state}) => `${from ?? '(start)'} ${state}`)
  const last = visits.at(-1)
  return new Set([...ways, ...(isOver && last?.exitedAt !== undefined && last.state in machine.States ? [`${last.state} (end)`] : [])])
}

/** What is written at a state: how far a Map is, or how often another state was entered. */
const buildNotes = (byState: ReadonlyMap<string, readonly Visit[]>, itemsAt: (name: string) => readonly Item[]): Map<string, string> =>
  new Map([...byState].flatMap(([name, each]): Array<[string, string]> => {
    const items = itemsAt(name)
    if (items.length > 0 && each.some(({item}) => item !== undefined)) {
      return []
    }
    const done = items.filter(({visit}) => visit?.exitedAt !== undefined).length
    return items.length > 0 ? [[name, `${done}/${items.length}`]] : each.length > 1 ? [[name, `×${each.length}`]] : []
  }))

const Execution = ({known: {execution, machine, events}}: {known: Known & {machine: Machine}}) => {
  const [view, setView] = useState<'state' | 'history'>('state')
  const chosen = route.value.query.get('state') ?? undefined
  const isOver = execution !== undefined && execution.status !== 'RUNNING'
  const visits = useMemo(() => listVisits(events), [events])
  const byState = visitsByState(visits)
  const standings = new Map([...byState].map(([name, each]) => [name, stateStanding(each, isOver)!]))
  const itemsAt = (name: string): readonly Item[] => {
    const map = findMap(machine, name)
    return map === undefined ? [] : listItems(machine.States[map]!, byState.get(map)?.at(-1), visits)
  }
  const choose = (state: string): void => {
    setView('state')
    go(href('workflow', execution?.arn, {state}), true)
  }
  return (
    <div class="workflow-view">
      <section class="card pane tall" aria-label="State graph">
        {execution !== undefined && <Head execution={execution} />}
        <MachineGraph
          machine={machine} standings={standings} notes={buildNotes(byState, itemsAt)}
          taken={takenBy(visits, machine, isOver)} chosen={chosen} onChoose={choose}
        />
      </section>
      <section class="card pane" aria-label="Details">
        <Tabs label="What to show" value={view} tabs={[['state', 'State'], ['history', `History${events.length === 0 ? '' : ` (${events.length})`}`]]} onChange={setView}>
          {view === 'state'
            ? <StateDetail key={`${execution?.arn} ${chosen}`} name={chosen} state={chosen === undefined ? undefined : listStates(machine).get(chosen)} visits={byState.get(chosen ?? '') ?? []} items={itemsAt(chosen ?? '')} isOver={isOver} />
            : <HistoryList events={events} />}
        </Tabs>
      </section>
    </div>
  )
}

/** A file's page knows the file, not the execution: its newest one is looked up. */
const useExecutionOfFile = (): void => {
  const fileId = route.value.query.get('file') ?? undefined
  useEffect(() => {
    if (fileId !== undefined) {
      void listExecutions({fileId, limit: '1'}).then(({executions: [newest]}) => newest === undefined ? say('This file has had no workflow yet', 'bad') : go(href('workflow', newest.arn), true))
    }
  }, [fileId])
}

/** Executions and what each state of them did. */
export const WorkflowPage = () => {
  useExecutionOfFile()
  const [status, setStatus] = useState('')
  const listed = useExecutions(status)
  const arn = route.value.id ?? listed.executions[0]?.arn
  const {data, error} = useLive(() => load(arn), (entry) => (entry.type === 'state' || entry.type === 'execution') && entry.executionArn === arn, [arn])
  return (
    <div class="page fixed">
      <div class="page-head">
        <div><h1>Workflow</h1><p>Each file is brought home by one execution of the state machine.</p></div>
      </div>
      <div class="panes workflow-panes">
        <Executions chosen={arn} listed={listed} status={status} onStatus={setStatus} />
        {error !== undefined && <Notice kind="bad">{error}</Notice>}
        {data?.machine === undefined ? error === undefined && <div class="card"><Skeleton lines={6} /></div> : <Execution known={{...data, machine: data.machine}} />}
      </div>
    </div>
  )
}
