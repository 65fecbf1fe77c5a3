import {describeError} from '../../shared/errors'
import type {Letter} from './letter'
import type {Mailbox} from './mailbox'
import type {Post, Way} from './post'

/** Which letters are meant; what is not said is not looked at. */
export interface Choice {
  readonly queues: readonly string[]
  readonly event?: string
  readonly error?: string
  readonly fileId?: string
  /** Most letters that are taken of each queue. */
  readonly limit: number
}

/** Letters with the same rule or function, error and event. */
export interface Group {
  readonly queue: string
  readonly from: string
  readonly error: string
  readonly event: string
  readonly count: number
  readonly oldest: string
  readonly fileIds: readonly string[]
}

export interface Redriven {
  readonly sent: readonly Letter[]
  readonly left: readonly {readonly letter: Letter, readonly why: string}[]
}

const isMeant = (letter: Letter, {event, error, fileId}: Choice): boolean =>
  (event ?? letter.event) === letter.event && (error ?? letter.error) === letter.error && (fileId ?? letter.fileId) === letter.fileId

interface Done<T> {
  readonly value: T
  readonly removed: ReadonlySet<Letter>
}

type Work<T> = (meant: readonly Letter[]) => Promise<Done<T>>

/** Takes the letters of a queue, does something about those that are meant, and puts back whatever it did not remove. */
const inQueue = async <T>(queue: string, mailbox: Mailbox, choice: Choice, work: Work<T>): Promise<T> => {
  const letters = await mailbox.take(queue, choice.limit)
  let removed: ReadonlySet<Letter> = new Set()
  try {
    const done = await work(letters.filter((letter) => isMeant(letter, choice)))
    removed = done.removed
    return done.value
  } finally {
    await mailbox.putBack(letters.filter((letter) => !removed.has(letter)))
  }
}

const withLetters = <T>(mailbox: Mailbox, choice: Choice, work: Work<T>): Promise<T[]> =>
  Promise.all(choice.queues.map((queue) => inQueue(queue, mailbox, choice, work)))

/** The letters of a choice; they stay where they are. */
export const readLetters = async (mailbox: Mailbox, choice: Choice): Promise<Letter[]> =>
  (await withLetters(mailbox, choice, async (meant) => ({value: meant, removed: new Set()}))).flat()

const toGroup = (some: readonly Letter[]): Group => {
  const {queue = '', from = '', error = '', event = ''} = some[0] ?? {}
  const oldest = some.map(({since}) => since).sort()[0] ?? ''
  return {queue, from, error, event, count: some.length, oldest, fileIds: [...new Set(some.flatMap(({fileId}) => fileId ?? []))]}
}

/** Letters by rule or function, error and event, the largest group first. */
export const groupLetters = (letters: readonly Letter[]): Group[] => {
  const groups = new Map<string, Letter[]>()
  for (const letter of letters) {
    const key = JSON.stringify([letter.queue, letter.from, letter.error, letter.event])
    groups.set(key, [...groups.get(key) ?? [], letter])
  }
  return [...groups.values()].map(toGroup).sort((one, other) => other.count - one.count)
}

/** Sends the letters of a choice on their way again and removes each that was taken; one that was not stays, and keeps no other from its way. */
export const redrive = async (mailbox: Mailbox, post: Post, choice: Choice, way: Way): Promise<Redriven> => {
  const results = await withLetters(mailbox, choice, async (meant) => {
    const sent: Letter[] = []
    const left: {letter: Letter, why: string}[] = []
    for (const letter of meant) {
      try {
        await post(letter, way)
        await mailbox.remove(letter)
        sent.push(letter)
      } catch (error) {
        left.push({letter, why: describeError(error)})
      }
    }
    return {value: {sent, left}, removed: new Set(sent)}
  })
  return {sent: results.flatMap(({sent}) => sent), left: results.flatMap(({left}) => left)}
}

/** Removes the letters of a choice permanently. */
export const purge = async (mailbox: Mailbox, choice: Choice): Promise<readonly Letter[]> =>
  (await withLetters(mailbox, choice, async (meant) => {
    for (const letter of meant) {
      await mailbox.remove(letter)
    }
    return {value: meant, removed: new Set(meant)}
  })).flat()
