import type {PlacedMachine} from '../definition'
import type {Facts} from '../facts/facts'
import type {Report} from '../finding'

/** Looks at a whole workflow and reports the faults of one kind. */
export type Rule = (workflow: PlacedMachine, facts: Facts, report: Report) => void
