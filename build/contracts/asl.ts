import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {readJson} from '../../shared/read-json'

const workflowsFolder = 'terraform/workflows'

interface State {
  readonly Resource?: string
  readonly Parameters?: {readonly Entries?: readonly AslEntry[]}
  readonly Iterator?: StateMachine
  readonly ItemProcessor?: StateMachine
  readonly Branches?: readonly StateMachine[]
}

interface StateMachine {
  readonly States: Readonly<Record<string, State>>
}

/** An entry of PutEvents as a state writes it. */
export interface AslEntry {
  readonly Source?: string
  readonly DetailType?: string
  readonly Detail?: Readonly<Record<string, unknown>>
}

/** A state that publishes an event. */
export interface PublishingState {
  readonly workflow: string
  readonly state: string
  readonly entry: AslEntry
}

/** Every entry that a state of a workflow below the root puts onto the bus, also inside Map and Parallel. */
export const publishingStates = (root: string): PublishingState[] => readdirSync(join(root, workflowsFolder))
  .filter((file) => file.endsWith('.asl.json'))
  .flatMap((file) => entriesOf(readJson<StateMachine>(join(root, workflowsFolder, file)))
    .map((found) => ({workflow: file.replace('.asl.json', ''), ...found})))

const entriesOf = ({States}: StateMachine): Array<Omit<PublishingState, 'workflow'>> => Object.entries(States).flatMap(([state, definition]) => [
  ...(definition.Resource?.includes(':events:putEvents') ? definition.Parameters?.Entries ?? [] : []).map((entry) => ({state, entry})),
  ...[definition.Iterator, definition.ItemProcessor, ...definition.Branches ?? []].flatMap((inner) => inner === undefined ? [] : entriesOf(inner))
])
