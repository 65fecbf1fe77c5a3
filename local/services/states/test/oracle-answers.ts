import {createHash} from 'node:crypto'
import type {Specimen} from './oracle-corpus'

/** What the oracle made of the specimen with this digest. */
export interface Answer {
  readonly specimen: string
  readonly output?: unknown
  readonly error?: string
}

export interface Answers {
  readonly oracle: string
  readonly answers: Readonly<Record<string, Answer>>
}

export const answersPath = 'test/oracle/answers.json'

/** Changes with a workflow or its input, so that no answer outlives the question. */
export const digestOf = ({definition, input}: Specimen): string =>
  createHash('sha256').update(JSON.stringify([definition, input])).digest('hex').slice(0, 16)
