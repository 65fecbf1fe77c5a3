import {useEffect, useState} from 'preact/hooks'
import {Workflow} from 'lucide'
import {isOfType} from '../../../api/entry'
import {duration, when} from '../../core/format'
import {explain} from '../../core/http'
import {href} from '../../core/route'
import {resets, watch} from '../../core/stream'
import {Empty, Notice, Pill, type Tone} from '../../ui/feedback'
import {Choice} from '../../ui/fields'
import {VirtualList} from '../../ui/virtual-list'
import {type Execution, listExecutions} from './calls'

const tones: Readonly<Record<string, Tone>> = {RUNNING: 'run', SUCCEEDED: 'ok', FAILED: 'bad', TIMED_OUT: 'bad', ABORTED: 'wait'}
const words: Readonly<Record<string, string>> = {RUNNING: 'Running', SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'Timed out', ABORTED: 'Aborted'}

export const StatusPill = ({status}: {status: string}) => <Pill tone={tones[status] ?? 'plain'}>{words[status] ?? status}</Pill>

const merged = (newer: readonly Execution[], known: readonly Execution[]): Execution[] => {
  const arns = new Set(newer.map(({arn}) => arn))
  return [...newer, ...known.filter(({arn}) => !arns.has(arn))].sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))
}

interface Listed {
  readonly executions: readonly Execution[]
  readonly isLoaded: boolean
  readonly error: string | undefined
  more: () => void
}

/** The newest executions, older ones as they are wanted; those under way change as they go. */
export const useExecutions = (status: string): Listed => {
  const [executions, setExecutions] = useState<readonly Execution[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [isLoaded, setLoaded] = useState(false)
  const [error, setError] = useState<string>()
  const query: Record<string, string> = status === '' ? {} : {status}
  const head = (isFirst: boolean): void => void listExecutions(query).then((page) => {
    setExecutions((known) => isFirst ? page.executions : merged(page.executions, status === '' ? known : []))
    setNext((known) => isFirst ? page.next : known)
    setLoaded(true)
    setError(undefined)
  }, (reason: unknown) => setError(explain(reason)))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        head(false)
      }, 150)
    }
    head(true)
    const ends = [resets.subscribe(later), watch((entry) => {
      if (isOfType('execution')(entry)) {
        later()
        setExecutions((known) => known.map((each) => each.arn === entry.executionArn ? {...each, status: entry.status, stoppedAt: entry.status === 'RUNNING' ? null : entry.at} : each))
      }
    })]
    return () => {
      clearTimeout(timer)
      ends.forEach((end) => end())
    }
  }, [status])
  const more = (): void => {
    if (next !== null) {
      setNext(null)
      void listExecutions({...query, next}).then((page) => {
        setExecutions((known) => merged(known, page.executions))
        setNext(page.next)
      })
    }
  }
  return {executions, isLoaded, error, more}
}

const Row = ({execution, isChosen}: {execution: Execution, isChosen: boolean}) => {
  const {arn, name, title, fileId, status, startedAt, stoppedAt} = execution
  return (
    <a class="item" href={href('workflow', arn)} aria-current={isChosen ? 'true' : undefined} data-status={status}>
      <span class="row spread"><span class="cut execution-title">{title ?? fileId ?? name}</span><StatusPill status={status} /></span>
      <span class="row spread small muted numbers">
        <span class="cut">{when(startedAt)}</span>
        <span class="nowrap">{stoppedAt === null ? 'under way' : duration(Date.parse(stoppedAt) - Date.parse(startedAt))}</span>
      </span>
    </a>
  )
}

const statuses = [['', 'All'], ['RUNNING', 'Running'], ['SUCCEEDED', 'Succeeded'], ['FAILED', 'Failed'], ['ABORTED', 'Aborted']] as const

interface Props {
  readonly chosen: string | undefined
  readonly listed: Listed
  readonly status: string
  readonly onStatus: (status: string) => void
}

/** The executions, newest first. */
export const Executions = ({chosen, listed, status, onStatus}: Props) => {
  const {executions, isLoaded, error, more} = listed
  return (
    <section class="card pane" aria-label="Executions">
      <div class="card-head">
        <h2>Executions</h2>
        <Choice label="Status" hideLabel value={status} options={statuses} onChange={onStatus} />
      </div>
      {error !== undefined && <Notice kind="bad">{error}</Notice>}
      {isLoaded && executions.length === 0
        ? <Empty icon={Workflow} title="No executions">Request a file, and its workflow shows up here as it begins.</Empty>
        : (
            <VirtualList
              label="Executions, newest first" items={executions} keyOf={({arn}) => arn} size={62} onEnd={more}
              render={(execution) => <Row execution={execution} isChosen={execution.arn === chosen} />}
            />
          )}
    </section>
  )
}
