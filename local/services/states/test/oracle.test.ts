import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {type Answers, answersPath, digestOf} from './oracle-answers'
import {bench} from './workflows'
import {corpus, type Specimen} from './oracle-corpus'

/** Recorded by `npm run oracle -- --record`; the gate compares with the oracle itself by `npm run oracle`. */
const {answers} = JSON.parse(readFileSync(answersPath, 'utf8')) as Answers

const ours = async ({definition, input, functions = {}}: Specimen): Promise<unknown> => {
  const work = bench(definition, functions)
  work.start(input)
  await work.clock.advance(3_600_000)
  const {output, error} = work.look()
  return error === undefined ? {output} : {error}
}

/** Where the oracle differs from AWS, and why we do not follow it. */
const exceptions: Readonly<Record<string, string>> = {
  'Pass: missing parameter': 'Step Functions names it States.Runtime, in every execution seen.',
  'Pass: missing input path': 'As above.',
  'Pass: States.Format(\'{}\', $.customer)': 'The specification allows any value, not only scalars.',
  'Pass: States.StringSplit(\'1,2;3\', \',;\')': 'The user guide\'s own example splits at each character of the delimiter.',
  'Choice: is present': 'IsPresent false is met by a path that leads nowhere.'
}

describe('our interpreter and the oracle', () => {
  it.each(corpus.map(({name}) => name).filter((name) => exceptions[name] === undefined))('agree on %s', async (name) => {
    const specimen = corpus.find((each) => each.name === name) as Specimen
    const {specimen: digest, ...answer} = answers[name]!
    expect(digest).toBe(digestOf(specimen))
    expect(await ours(specimen)).toEqual(answer)
  })

  it('are compared on 70 workflows and more, of which the oracle was asked each', () => {
    expect(corpus.length - Object.keys(exceptions).length).toBeGreaterThanOrEqual(70)
    expect(Object.keys(answers).sort()).toEqual(corpus.map(({name}) => name).sort())
  })
})
