import {useState} from 'preact/hooks'
import {Zap} from 'lucide'
import {explain} from '../../core/http'
import {Button} from '../../ui/button'
import {Choice, TextField} from '../../ui/fields'
import {say} from '../../ui/toast'
import {addFault, type Fault} from './calls'

const effects = ['throttle', 'error', 'timeout', 'reset', 'duplicate', 'delay', 'reorder', 'drop', 'before', 'after', 'rate-limit', 'truncate', 'stall', 'slow-loris', 'change', 'redirect'] as const

const buildFault = (at: string, effect: string, times: string, by: string): Fault =>
  ({at, effect, ...(times === 'always' ? {times} : times === '' ? {} : {times: Number(times)}), ...(by !== '' && {by})})

/** A fault of one's own; what does not fit together is refused with the reason. */
export const FaultForm = ({onAdded}: {onAdded: () => void}) => {
  const [at, setAt] = useState('s3.UploadPart')
  const [effect, setEffect] = useState<string>('error')
  const [times, setTimes] = useState('')
  const [by, setBy] = useState('')
  const add = (): void => void addFault(buildFault(at, effect, times, by)).then(onAdded, (error: unknown) => say(explain(error), 'bad'))
  return (
    <form class="stack" onSubmit={(event) => {
      event.preventDefault()
      add()
    }}>
      <div class="publish-head">
        <TextField label="Where: service.Operation, deliver.Target, kill.Function, source.name" value={at} onInput={setAt} />
        <Choice label="What happens" value={effect} options={effects.map((each) => [each, each] as const)} onChange={setEffect} />
        <Choice label="How often" value={times} options={[['', 'once'], ['3', '3 times'], ['10', '10 times'], ['always', 'always']]} onChange={setTimes} />
        <TextField label="Only calls of the function" value={by} placeholder="any" onInput={setBy} />
      </div>
      <div><Button type="submit" icon={Zap}>Switch on</Button></div>
    </form>
  )
}
