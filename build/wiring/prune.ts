import {createHash} from 'node:crypto'
import {parseWiring, type WiredResource} from '../../shared/wiring/wiring'
import {keptAttributes, randomIds} from './attributes'

interface Resource {
  readonly address: string
  readonly mode?: string
  readonly type: string
  readonly name: string
  readonly index?: string | number
  readonly values: Readonly<Record<string, unknown>>
}

interface Module {
  readonly address?: string
  readonly resources?: readonly Resource[]
  readonly child_modules?: readonly Module[]
}

export interface State {
  readonly format_version: string
  /** Of the tool that wrote it: not kept, so that either tool's run gives the same bytes. */
  readonly terraform_version: string
  readonly values: {readonly root_module: Module}
}

const byAddress = (one: {address?: string}, other: {address?: string}): number => (one.address ?? '') < (other.address ?? '') ? -1 : 1

const pruneResource = ({address, type, name, index, values}: Resource): Resource => {
  const kept = (keptAttributes[type] ?? []).filter((key) => values[key] !== undefined && values[key] !== null).sort()
  return {address, type, name, ...(index === undefined ? {} : {index}), values: Object.fromEntries(kept.map((key) => [key, values[key]]))}
}

const pruneModule = ({address, resources = [], child_modules: children = []}: Module): Module => {
  const kept = resources.filter(({mode, type}) => mode !== 'data' && keptAttributes[type] !== undefined).map(pruneResource).sort(byAddress)
  const modules = children.map(pruneModule).filter((child) => child.resources !== undefined || child.child_modules !== undefined).sort(byAddress)
  return {
    ...(address === undefined ? {} : {address}),
    ...(kept.length === 0 ? {} : {resources: kept}),
    ...(modules.length === 0 ? {} : {child_modules: modules})
  }
}

/** Replaces ids that are random by ones that follow from the address, wherever they stand. */
const settleIds = (text: string, resources: readonly WiredResource[]): string => resources
  .filter(({type, values}) => randomIds.has(type) && typeof values.id === 'string')
  .reduce((settled, {address, values}) => settled.replaceAll(String(values.id), createHash('sha256').update(address).digest('hex').slice(0, 10)), text)

/** The text of local/wiring.json: the state in its own shape, pruned, sorted, the same in every run. */
export const pruneState = (state: State, digest: string): string => {
  const {format_version, values} = state
  const pruned = {format_version, inputs: {digest}, values: {root_module: pruneModule(values.root_module)}}
  return `${settleIds(JSON.stringify(pruned, null, 2), parseWiring(state).resources)}\n`
}
