import type {Observation} from './types'

/** What the runtime has observed, each with a number that grows. */
export type Observed<Type extends Observation['type']> = Extract<Observation, {type: Type}> & {readonly id: number}

/** Reads what is kept of a kind of observation, oldest first; of one function, rule or state if `name` is given. */
export type ReadObserved = <Type extends Observation['type']>(type: Type, name?: string) => ReadonlyArray<Observed<Type>>
