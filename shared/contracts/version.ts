import {createHash} from 'node:crypto'
import {canonical} from './canonical'
import type {Schema} from './schema'

/** Version of a contract: 12 hex digits that are the same exactly if the schema is, whatever the order of its members. */
export const contractVersion = (schema: Schema): string => createHash('sha256').update(canonical(schema)).digest('hex').slice(0, 12)
