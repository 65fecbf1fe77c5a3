import {useState} from 'preact/hooks'
import {ArrowDownToLine, ChevronUp, ScrollText, X} from 'lucide'
import {preciseTime} from '../../core/format'
import {go, href, route} from '../../core/route'
import {runtime} from '../../core/runtime'
import {Button} from '../../ui/button'
import {Empty, Notice, Skeleton} from '../../ui/feedback'
import {Choice, SearchField} from '../../ui/fields'
import {Icon} from '../../ui/icon'
import {Json} from '../../ui/json'
import {VirtualList} from '../../ui/virtual-list'
import {type Line, toLine} from './line'
import {type LogFilter, useLogs} from './use-logs'

const readFilter = (query: URLSearchParams): LogFilter =>
  ({name: query.get('name') ?? '', correlationId: query.get('correlationId') ?? '', requestId: query.get('requestId') ?? '', text: query.get('text') ?? ''})

const Given = ({name, value, onClear}: {name: string, value: string, onClear: () => void}) => value === ''
  ? null
  : (
      <button type="button" class="chip" aria-pressed="true" onClick={onClear} aria-label={`Show all again, not only ${name} ${value}`}>
        {name} <code>{value.slice(0, 13)}…</code><Icon of={X} />
      </button>
    )

const Row = ({line: {at, functionName, level, message, more}, isChosen, onChoose}: {line: Line, isChosen: boolean, onChoose: () => void}) => (
  <button type="button" class={`log ${level.toLowerCase()}`} aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
    <time class="numbers" dateTime={at}>{preciseTime(at)}</time>
    <span class="log-function cut">{functionName}</span>
    <span class="log-level">{level}</span>
    <span class="cut">{message}<span class="log-more">{Object.entries(more).filter(([, value]) => typeof value !== 'object').map(([name, value]) => ` ${name}=${String(value)}`).join('')}</span></span>
  </button>
)

const Detail = ({line, onClose}: {line: Line, onClose: () => void}) => (
  <section class="card pane log-detail" aria-label="The line">
    <div class="card-head">
      <h2 class="cut">{line.functionName}</h2>
      <div class="row">
        {typeof line.more['correlationId'] === 'string' && <Button kind="quiet slim" onClick={() => go(href('logs', undefined, {correlationId: String(line.more['correlationId'])}))}>Only this request</Button>}
        <Button kind="quiet slim" icon={X} label="Close" onClick={onClose} />
      </div>
    </div>
    <div class="pane-scroll card-body" tabIndex={0} role="group" aria-label="All that it says"><Json value={line.text} label="Line" /></div>
  </section>
)

const Filters = ({filter, isFollowing, onFollow}: {filter: LogFilter, isFollowing: boolean, onFollow: () => void}) => {
  const change = (part: Partial<LogFilter>): void => go(href('logs', undefined, {...filter, ...part}), true)
  const names = runtime.value?.functions.map(({name}) => name) ?? []
  return (
    <div class="filters">
      <SearchField label="Any text" value={filter.text} onInput={(text) => change({text})} />
      <Choice label="Function" hideLabel value={filter.name} options={[['', 'All functions'], ...names.map((name) => [name, name] as const)]} onChange={(name) => change({name})} />
      <Given name="correlation" value={filter.correlationId} onClear={() => change({correlationId: ''})} />
      <Given name="invocation" value={filter.requestId} onClear={() => change({requestId: ''})} />
      <Button icon={ArrowDownToLine} kind="quiet" pressed={isFollowing} onClick={onFollow}>Follow</Button>
    </div>
  )
}

/** What the functions say, as they say it. */
export const LogsPage = () => {
  const [isFollowing, setFollowing] = useState(true)
  const [chosen, setChosen] = useState<Line>()
  const {lines, error, older} = useLogs(readFilter(route.value.query))
  return (
    <div class="page fixed">
      <div class="page-head"><div><h1>Logs</h1><p>What the functions say, line by line.</p></div></div>
      <Filters filter={readFilter(route.value.query)} isFollowing={isFollowing} onFollow={() => setFollowing(!isFollowing)} />
      {error !== undefined && <Notice kind="bad">{error}</Notice>}
      <div class={`panes logs-panes${chosen === undefined ? '' : ' with-detail'}`}>
        <section class="card pane" aria-label="Lines">
          {older !== undefined && <Button kind="quiet slim" icon={ChevronUp} onClick={older}>Older lines</Button>}
          {lines === undefined
            ? <Skeleton lines={8} />
            : lines.length === 0
              ? <Empty icon={ScrollText} title="No line">Nothing was said, or nothing that fits the filter.</Empty>
              : (
                  <VirtualList
                    label="Log lines, oldest first" items={lines} keyOf={({id}) => id} size={28} follow={isFollowing}
                    render={(entry) => <Row line={toLine(entry)} isChosen={chosen?.id === entry.id} onChoose={() => setChosen(toLine(entry))} />}
                  />
                )}
        </section>
        {chosen !== undefined && <Detail line={chosen} onClose={() => setChosen(undefined)} />}
      </div>
    </div>
  )
}
