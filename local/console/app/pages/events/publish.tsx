import {useEffect, useState} from 'preact/hooks'
import {Send} from 'lucide'
import {explain} from '../../core/http'
import {go, href} from '../../core/route'
import {runtime} from '../../core/runtime'
import {Button} from '../../ui/button'
import {Dialog} from '../../ui/dialog'
import {Notice} from '../../ui/feedback'
import {Choice, TextField} from '../../ui/fields'
import {Editor} from '../../ui/lazy-editor'
import {say} from '../../ui/toast'
import {type Contract, readContract, judge, publish, type Shown} from './calls'
import {Problems} from './event-detail'
import {buildExample} from './example'

interface Draft {
  readonly detailType: string
  readonly source: string
  readonly detail: string
}

const useContract = (name: string): Contract | undefined => {
  const [contract, setContract] = useState<Contract>()
  useEffect(() => {
    const registry = runtime.value?.events.find((event) => event.name === name)?.registry
    if (registry !== undefined) {
      void readContract(registry, name).then(setContract)
    }
  }, [name])
  return contract
}

const parsed = (detail: string): unknown => {
  try {
    return JSON.parse(detail)
  } catch (error) {
    throw new Error(`The detail is no JSON: ${explain(error)}`)
  }
}

/** An envelope as the bus would make it, for the contract to judge before anything is sent. */
const buildEnvelope = ({detailType, source, detail}: Draft) => ({
  version: '0', id: crypto.randomUUID(), 'detail-type': detailType, source, account: runtime.value?.account ?? '', region: runtime.value?.region ?? '',
  time: `${new Date().toISOString().slice(0, 19)}Z`, resources: [], detail: parsed(detail)
})

type Refusal = Pick<Shown, 'problems'> | string

const Refused = ({refusal, onAnyway}: {refusal: Refusal, onAnyway: () => void}) => (
  <Notice kind="bad">
    {typeof refusal === 'string'
      ? refusal
      : (
          <div class="stack">
            <strong>Not sent: the contract refuses it.</strong>
            <Problems problems={refusal.problems} />
            <div><Button kind="slim danger" onClick={onAnyway}>Send it anyway, to see what happens</Button></div>
          </div>
        )}
  </Notice>
)

const busName = (): string => runtime.value?.buses.find((bus) => bus !== 'default') ?? 'default'

/** Publishes an event by hand. What its contract refuses is not sent, unless one insists. */
export const PublishDialog = ({onClose}: {onClose: () => void}) => {
  const names = runtime.value?.events.map(({name}) => name) ?? []
  const [draft, setDraft] = useState<Draft>({detailType: names[0] ?? '', source: '', detail: '{}'})
  const [revision, setRevision] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const contract = useContract(draft.detailType)
  useEffect(() => {
    if (contract !== undefined) {
      setDraft((before) => ({...before, source: contract.source, detail: JSON.stringify(buildExample(contract.detail), null, 2)}))
      setRevision(draft.detailType)
    }
  }, [contract])
  const change = (part: Partial<Draft>): void => {
    setDraft((before) => ({...before, ...part}))
    setRefusal(undefined)
  }
  const send = async (): Promise<void> => {
    const eventId = await publish(busName(), draft)
    say(`${draft.detailType} is on the bus`)
    onClose()
    go(href('events', eventId))
  }
  const check = async (): Promise<void> => {
    const {verdict, problems} = await judge(buildEnvelope(draft))
    return verdict === 'invalid' ? setRefusal({problems}) : send()
  }
  const run = (what: () => Promise<void>): void => { what().catch((error: unknown) => setRefusal(explain(error))) }
  return (
    <Dialog title="Publish an event" onClose={onClose}>
      <div class="publish-head">
        <Choice label="Event" value={draft.detailType} options={names.map((name) => [name, name] as const)} onChange={(detailType) => change({detailType})} />
        <TextField label="Source" value={draft.source} onInput={(source) => change({source})} />
      </div>
      <div class="field">
        <span class="label">Detail (Ctrl + Space completes)</span>
        <Editor label="Detail" value={draft.detail} revision={revision} onChange={(detail) => change({detail})} {...(contract !== undefined && {schema: contract.detail})} />
      </div>
      {refusal !== undefined && <Refused refusal={refusal} onAnyway={() => run(send)} />}
      <div class="row"><Button kind="primary" icon={Send} onClick={() => run(check)}>Publish</Button><span class="small muted">to <code>{busName()}</code></span></div>
    </Dialog>
  )
}
