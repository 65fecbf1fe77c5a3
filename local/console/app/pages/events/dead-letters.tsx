import {useState} from 'preact/hooks'
import {Inbox} from 'lucide'
import {useLive} from '../../core/live'
import {Button} from '../../ui/button'
import {Dialog} from '../../ui/dialog'
import {Empty, Notice, Skeleton} from '../../ui/feedback'
import {Json} from '../../ui/json'
import {fullQueues, lettersIn, type Queue} from './calls'

const matters = ({type}: {type: string}): boolean => type === 'delivery' || type === 'invocation'

const Letters = ({queue}: {queue: Queue}) => {
  const {data, error} = useLive(() => lettersIn(queue.url), matters, [queue.url])
  if (data === undefined) {
    return error === undefined ? <Skeleton lines={2} /> : <Notice kind="bad">{error}</Notice>
  }
  return (
    <div class="stack">
      {data.map(({MessageId, Body, MessageAttributes = {}}) => (
        <div class="stack" key={MessageId}>
          {MessageAttributes['ERROR_MESSAGE'] !== undefined && <Notice kind="bad">{MessageAttributes['ERROR_CODE']?.StringValue}: {MessageAttributes['ERROR_MESSAGE'].StringValue}</Notice>}
          <Json value={Body} label="Letter" />
        </div>
      ))}
    </div>
  )
}

const QueueRow = ({queue}: {queue: Queue}) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <li class="stack">
      <div class="row spread">
        <span class="cut"><strong>{queue.name}</strong> <span class="muted numbers">{queue.count}</span></span>
        <Button kind="slim" expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? 'Hide' : 'Look inside'}</Button>
      </div>
      {isOpen && <Letters queue={queue} />}
    </li>
  )
}

/** What could be neither delivered nor handled, as the queues have it. */
export const DeadLetters = ({onClose}: {onClose: () => void}) => {
  const {data, error} = useLive(fullQueues, matters, [])
  return (
    <Dialog title="Dead letters" onClose={onClose}>
      {error !== undefined && <Notice kind="bad">{error}</Notice>}
      {data === undefined
        ? <Skeleton lines={3} />
        : data.length === 0
          ? <Empty icon={Inbox} title="All queues are empty">What cannot be delivered, or is not handled however often it is tried, waits there.</Empty>
          : <ul class="stack">{data.map((queue) => <QueueRow queue={queue} key={queue.name} />)}</ul>}
      <p class="small muted">Looking takes nothing out. <code>npm run dlq</code> sends them again.</p>
    </Dialog>
  )
}
