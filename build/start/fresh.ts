import {join} from 'node:path'
import {isFresh} from '../bundle/freshness'
import {functionsIn} from '../bundle/functions'
import {consoleIn} from '../console/remembered'
import {runtimeIn} from '../runtime/remembered'

const root = join(import.meta.dirname, '..', '..')

/** Whether nothing changed since the functions, the console and the runtime were built. */
export const isBuilt = (): boolean => [functionsIn, consoleIn, runtimeIn].every((buildIn) => isFresh(buildIn(root)))
