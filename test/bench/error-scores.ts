import {readFileSync} from 'node:fs'
import {classify} from '../../src/lib/yt-dlp/failures'
import {type ErrorCategory, type ErrorName, errorTable} from '../../src/util/errors'

/** A message as yt-dlp wrote it, the error that a person says it means, and where it stands. */
export interface RealMessage {
  readonly message: string
  readonly name: ErrorName
  readonly origin: string
}

export interface Score {
  readonly category: ErrorCategory
  readonly messages: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export interface Misread extends RealMessage {
  readonly classified: ErrorName
}

export interface Scores {
  readonly messages: number
  readonly accuracy: number
  readonly macroF1: number
  readonly categories: readonly Score[]
  readonly misread: readonly Misread[]
}

/** `tuned` made the rules what they are; `heldOut` was labelled and frozen before they saw it, and no rule is made for it. */
export const corpora = {tuned: 'yt-dlp-messages.json', heldOut: 'yt-dlp-messages-held-out.json'} as const

export const messagesOf = (corpus: keyof typeof corpora): readonly RealMessage[] =>
  JSON.parse(readFileSync(`src/lib/yt-dlp/test/data/${corpora[corpus]}`, 'utf8')) as RealMessage[]

// What is never said where it should be has no precision: nothing right of nothing said.
const ratio = (part: number, whole: number): number => whole === 0 ? 0 : part / whole

/** Precision, recall and F1 of each category that is labelled or said, by what the workflow does with an error: its category. */
export const scoresOf = (messages: readonly RealMessage[], classified: (message: string) => ErrorName): Scores => {
  const answers = messages.map((real) => ({...real, classified: classified(real.message)}))
  const pairs = answers.map(({name, classified: said}) => ({meant: errorTable[name].category, said: errorTable[said].category}))
  const categories = [...new Set(pairs.flatMap(({meant, said}) => [meant, said]))].sort().map((category): Score => {
    const right = pairs.filter(({meant, said}) => meant === category && said === category).length
    const meant = pairs.filter((pair) => pair.meant === category).length
    const precision = ratio(right, pairs.filter(({said}) => said === category).length)
    const recall = ratio(right, meant)
    return {category, messages: meant, precision, recall, f1: ratio(2 * precision * recall, precision + recall)}
  })
  return {
    messages: messages.length,
    accuracy: ratio(pairs.filter(({meant, said}) => meant === said).length, pairs.length),
    macroF1: ratio(categories.reduce((sum, {f1}) => sum + f1, 0), categories.length),
    categories,
    misread: answers.filter(({name, classified: said}) => errorTable[name].category !== errorTable[said].category)
  }
}

/** How well today's table reads a corpus. */
export const benchmark = (corpus: keyof typeof corpora): Scores =>
  scoresOf(messagesOf(corpus), (message) => classify(`ERROR: ${message}`).name)
