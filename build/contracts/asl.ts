import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {allStates, type Machine, type State} from 'asl-verify/definition'
import type {Entry} from 'asl-verify/facts/facts'
import {readJson} from '../../shared/read-json'

const workflowsFolder = 'terraform/workflows'

/** A state that publishes an event. */
export interface PublishingState {
  readonly workflow: string
  readonly state: string
  readonly entry: Entry
}

/** Every entry that a state of a workflow below the root puts onto the bus, also inside Map and Parallel. */
export const publishingStates = (root: string): PublishingState[] => readdirSync(join(root, workflowsFolder))
  .filter((file) => file.endsWith('.asl.json'))
  .flatMap((file) => allStates({machine: readJson<Machine>(join(root, workflowsFolder, file)), pointer: ''})
    .flatMap(({name, state}) => listEntries(state).map((entry) => ({workflow: file.replace('.asl.json', ''), state: name, entry}))))

const listEntries = ({Resource, Parameters}: State): readonly Entry[] =>
  Resource?.includes(':events:putEvents') ? (Parameters as {readonly Entries?: readonly Entry[]} | undefined)?.Entries ?? [] : []
