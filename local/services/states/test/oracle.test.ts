import {describe, expect, it} from '@jest/globals'
import {type ExecutionError, StateMachine} from 'aws-local-stepfunctions'
import {bench} from './workflows'
import {corpus, type Specimen} from './oracle-corpus'

type Definition = ConstructorParameters<typeof StateMachine>[0]
type Input = Parameters<StateMachine['run']>[0]

/** Names of the states that wait or repeat, so that the oracle does neither for long. */
const statesOf = (definition: object, type: (state: {Type?: string, Retry?: unknown}) => boolean): string[] => {
  const found: string[] = []
  JSON.stringify(definition, (name, value: {Type?: string}) => {
    if (typeof value === 'object' && value !== null && type(value)) {
      found.push(name)
    }
    return value
  })
  return found
}

const oracle = async ({definition, input, functions = {}}: Specimen): Promise<unknown> => {
  const machine = new StateMachine(definition as Definition, {validationOptions: {noValidate: true}})
  const {result} = machine.run(input as Input, {overrides: {
    taskResourceLocalHandlers: functions as Readonly<Record<string, (input: Input) => Input>>,
    waitTimeOverrides: Object.fromEntries(statesOf(definition, ({Type}) => Type === 'Wait').map((name) => [name, 0])),
    retryIntervalOverrides: Object.fromEntries(statesOf(definition, ({Retry}) => Retry !== undefined).map((name) => [name, 0]))
  }})
  try {
    return {output: await result}
  } catch (error) {
    return {error: ((error as ExecutionError).cause as Error).name}
  }
}

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

/** Stateful functions need a fresh copy for each of the two. */
const fresh = async (name: string): Promise<Specimen> => {
  const {corpus: copy} = await import(`./oracle-corpus?${name}`) as {corpus: readonly Specimen[]}
  return copy.find((specimen) => specimen.name === name) as Specimen
}

describe('our interpreter and the oracle', () => {
  it.each(corpus.map(({name}) => name).filter((name) => exceptions[name] === undefined))('agree on %s', async (name) => {
    const specimen = corpus.find((each) => each.name === name) as Specimen
    expect(await ours(specimen)).toEqual(await oracle(await fresh(name)))
  })

  it('are compared on 70 workflows and more', () => {
    expect(corpus.length - Object.keys(exceptions).length).toBeGreaterThanOrEqual(70)
  })
})
