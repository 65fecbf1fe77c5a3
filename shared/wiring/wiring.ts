import {readFileSync} from 'node:fs'
import {describeError, hasCode} from '../errors'
import {asObject, isObject} from '../json'
import {StartError} from '../start-error'

/** The committed wiring, from the root. */
export const wiringFile = 'local/wiring.json'

/** A resource of Terraform's state. */
export interface WiredResource {
  readonly address: string
  readonly type: string
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

/** What is wired to what: every managed resource of `terraform show -json`, those of child modules too. */
export interface Wiring {
  readonly resources: readonly WiredResource[]
  ofType: (type: string) => WiredResource[]
}

interface StateModule {
  readonly resources?: ReadonlyArray<WiredResource & {readonly mode?: string}>
  readonly child_modules?: readonly StateModule[]
}

const flatten = (module: StateModule): WiredResource[] => [
  ...(module.resources ?? []).filter(({mode}) => mode !== 'data'),
  ...(module.child_modules ?? []).flatMap(flatten)
]

const isState = (document: unknown): document is {values: {root_module: StateModule}} =>
  isObject(asObject(asObject(document)['values'])['root_module'])

/** The wiring of a parsed `terraform show -json`, or of its pruned form in wiring.json. */
export const parseWiring = (document: unknown): Wiring => {
  if (!isState(document)) {
    throw new StartError('It is not the output of `terraform show -json`: it has no `values.root_module`.')
  }
  const resources = flatten(document.values.root_module)
  return {resources, ofType: (type) => resources.filter((resource) => resource.type === type)}
}

/** Reads a wiring file. Throws StartError if it is missing, not JSON or no state. */
export const readWiring = (path: string | URL): Wiring => {
  try {
    return parseWiring(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new StartError(`${String(path)} holds no wiring. ${describeError(cause)}${hasCode(cause, 'ENOENT') ? '. Run npm run wiring.' : ''}`, {cause})
  }
}
