import type {Contract} from '../../shared/contracts/schema'
import {describeError} from '../../shared/errors'
import type {Letter} from '../dlq/letter'
import type {EditableMailbox} from '../dlq/mailbox'
import type {Post} from '../dlq/post'
import {refusalsOfFix} from './fit'
import {judge, type Judgement} from './judge'
import {refusedIn, type Refused} from './refused'

/** The on-failure queues of a stack, and the contracts by which their events are judged. */
export interface Ward {
  readonly mailbox: EditableMailbox
  readonly queues: readonly string[]
  readonly contracts: readonly Contract[]
}

export interface Case {
  readonly refused: Refused
  readonly judgement: Judgement
}

export interface Reinjected {
  readonly published: readonly Refused[]
  readonly left: ReadonlyArray<{readonly refused: Refused, readonly why: string}>
}

const maxOfQueue = 1_000

type Work<T> = (cases: readonly Case[], gone: (letter: Letter) => void) => Promise<T>

/** Takes what is in quarantine, does something about it, and puts back every letter that is not gone then. */
const inQuarantine = async <T>({mailbox, queues, contracts}: Ward, work: Work<T>): Promise<T> => {
  const letters: Letter[] = []
  const gone = new Set<Letter>()
  try {
    await Promise.all(queues.map(async (queue) => letters.push(...await mailbox.take(queue, maxOfQueue))))
    return await work(refusedIn(letters).map((refused) => ({refused, judgement: judge(refused, contracts)})), (letter) => gone.add(letter))
  } finally {
    for (const queue of queues) {
      await mailbox.putBack(letters.filter((letter) => letter.queue === queue && !gone.has(letter)))
    }
  }
}

/** All that is in quarantine; it stays there. */
export const readCases = (ward: Ward): Promise<readonly Case[]> => inQuarantine(ward, async (cases) => cases)

/** How to come from a detail to its fix; undefined: no one wants one after all. */
export type Fix = (one: Case, contract: Contract) => Promise<unknown>

/** Writes the fix of an event into quarantine, if the contract takes it. Throws if it is no fix. */
export const fixCase = (ward: Ward, choose: (cases: readonly Case[]) => Case, fix: Fix, now = new Date()): Promise<Refused> =>
  inQuarantine(ward, async (cases, gone) => {
    const one = choose(cases)
    const {refused, judgement} = one
    const contract = ward.contracts.find(({event}) => event === refused.event)
    if (contract === undefined || judgement.state === 'stuck') {
      throw new Error(`Expected an event that a fix can help; with ${refused.id} ${judgement.why.join('; ')}.`)
    }
    const detail = await fix(one, contract)
    const refusals = refusalsOfFix(contract.schema, refused.envelope.detail, detail)
    if (refusals.length > 0) {
      throw new Error(`Expected a fix of ${refused.event} that its contract takes: ${refusals.join('; ')}.`)
    }
    for (const letter of refused.letters) {
      await ward.mailbox.addTo(letter, {fix: {detail, since: refused.since, at: now.toISOString()}})
      gone(letter)
    }
    return {...refused, fixed: detail}
  })

/** Publishes the one event of all its letters; they go once the bus has it. */
const reinjectOne = async ({mailbox}: Ward, post: Post, {refused, judgement}: Case, gone: (letter: Letter) => void): Promise<string | undefined> => {
  if (judgement.state !== 'ready') {
    return judgement.why.join('; ')
  }
  const {envelope, fixed, letters: [letter]} = refused
  try {
    await post({...letter!, payload: {...envelope, detail: fixed ?? envelope.detail}}, 'bus')
  } catch (error) {
    return describeError(error)
  }
  for (const each of refused.letters) {
    await mailbox.remove(each)
    gone(each)
  }
  return undefined
}

/** Publishes events again, as they are or as they were fixed, each once; one that cannot be stays, and keeps no other from its way. */
export const reinject = (ward: Ward, post: Post, choose: (cases: readonly Case[]) => readonly Case[]): Promise<Reinjected> =>
  inQuarantine(ward, async (cases, gone) => {
    const published: Refused[] = []
    const left: {refused: Refused, why: string}[] = []
    for (const one of choose(cases)) {
      const why = await reinjectOne(ward, post, one, gone)
      if (why === undefined) {
        published.push(one.refused)
      } else {
        left.push({refused: one.refused, why})
      }
    }
    return {published, left}
  })
