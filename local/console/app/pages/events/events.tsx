import {useState} from 'preact/hooks'
import {Filter, Inbox, MailX, Send} from 'lucide'
import {go, href, route} from '../../core/route'
import {runtime} from '../../core/runtime'
import {Button} from '../../ui/button'
import {Empty, Notice} from '../../ui/feedback'
import {Choice, SearchField} from '../../ui/fields'
import {VirtualList} from '../../ui/virtual-list'
import {DeadLetters} from './dead-letters'
import {EventDetail} from './event-detail'
import {EventRow} from './event-row'
import {PatternDialog} from './pattern'
import {PublishDialog} from './publish'
import {type EventFilter, type Shown} from './calls'
import {useEvents} from './use-events'

type Open = 'publish' | 'pattern' | 'letters' | undefined

const readFilter = (query: URLSearchParams): EventFilter => ({name: query.get('name') ?? '', text: query.get('text') ?? ''})

const Filters = ({filter}: {filter: EventFilter}) => {
  const change = (part: Partial<EventFilter>): void => go(href('events', route.value.id, {...filter, ...part}), true)
  const names = runtime.value?.events.map(({name}) => name) ?? []
  return (
    <div class="filters">
      <SearchField label="File, correlation id or any text" value={filter.text} onInput={(text) => change({text})} />
      <Choice label="Event" hideLabel value={filter.name} options={[['', 'All events'], ...names.map((name) => [name, name] as const)]} onChange={(name) => change({name})} />
    </div>
  )
}

const List = ({events, more, chosen}: {events: readonly Shown[], more: () => void, chosen: string | undefined}) => (
  <VirtualList
    label="Events, newest first" items={events} keyOf={({id}) => id} size={62} onEnd={more}
    render={(shown) => <EventRow shown={shown} isChosen={shown.event.id === chosen} />}
  />
)

const Dialogs = ({open, onClose}: {open: Open, onClose: () => void}) => {
  switch (open) {
    case 'publish': return <PublishDialog onClose={onClose} />
    case 'pattern': return <PatternDialog onClose={onClose} />
    case 'letters': return <DeadLetters onClose={onClose} />
    default: return null
  }
}

/** What is said on the bus, as it is said. */
export const EventsPage = () => {
  const [open, setOpen] = useState<Open>()
  const {id: chosen, query} = route.value
  const filter = readFilter(query)
  const {events, total, isLoaded, error, more} = useEvents(filter)
  const isFiltered = filter.name !== '' || filter.text !== ''
  return (
    <div class="page fixed">
      <div class="page-head">
        <div><h1>Events</h1><p>Everything that is said on the bus, and what becomes of it.</p></div>
        <div class="row wrap">
          <Button icon={MailX} onClick={() => setOpen('letters')}>Dead letters</Button>
          <Button icon={Filter} onClick={() => setOpen('pattern')}>Try a pattern</Button>
          <Button icon={Send} kind="primary" onClick={() => setOpen('publish')}>Publish</Button>
        </div>
      </div>
      <Filters filter={filter} />
      {error !== undefined && <Notice kind="bad">{error}</Notice>}
      <div class="panes events-panes">
        <section class="card pane" aria-label="Stream">
          <div class="card-head"><h2>Stream</h2><span class="small muted numbers" data-total={total}>{total.toLocaleString('en')} {total === 1 ? 'event' : 'events'}</span></div>
          {isLoaded && events.length === 0
            ? <Empty icon={Inbox} title={isFiltered ? 'No event fits' : 'Nothing was said yet'}>{isFiltered ? 'Change the filter to see others.' : 'Request a file, or publish an event by hand.'}</Empty>
            : <List events={events} more={more} chosen={chosen} />}
        </section>
        <EventDetail eventId={chosen} hasEvents={events.length > 0} />
      </div>
      <Dialogs open={open} onClose={() => setOpen(undefined)} />
    </div>
  )
}
