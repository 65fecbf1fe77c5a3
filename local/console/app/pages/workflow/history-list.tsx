import {preciseTime} from '../../core/format'
import {VirtualList} from '../../ui/virtual-list'
import {findDetails, type HistoryEvent} from './history'

const formatType = (type: string): string => type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace(/^./, (letter) => letter.toUpperCase())

const typeTone = (type: string): string => /Failed|TimedOut|Aborted/.test(type) ? 'bad' : /Succeeded|Exited/.test(type) ? 'ok' : ''

const Row = ({event, begin}: {event: HistoryEvent, begin: number}) => {
  const {name, resource, error, index} = findDetails(event)
  return (
    <div class="history-row numbers">
      <span class="muted">{event.id}</span>
      <span class={`cut ${typeTone(event.type)}`}>{formatType(event.type)}</span>
      <span class="cut">{error ?? name ?? resource ?? (index === undefined ? '' : `Item ${index}`)}</span>
      <span class="muted nowrap" title={preciseTime(new Date(event.timestamp * 1000).toISOString())}>+{(event.timestamp - begin).toFixed(3)} s</span>
    </div>
  )
}

/** Every event of an execution, as Step Functions keeps them. */
export const HistoryList = ({events}: {events: readonly HistoryEvent[]}) => (
  <VirtualList label="History" items={events} keyOf={({id}) => id} size={34} render={(event) => <Row event={event} begin={events[0]?.timestamp ?? 0} />} />
)
