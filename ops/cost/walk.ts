import type {Machine, Retrier, State} from 'asl-verify/definition'
import {takes} from 'asl-verify/matching'

/** What happens on a way through the workflow: the errors of a task, visit by visit, the branch that a choice takes, and the items of a Map. */
export interface Story {
  readonly errors?: Readonly<Record<string, readonly string[]>>
  readonly choices?: Readonly<Record<string, string>>
  readonly items?: Readonly<Record<string, number>>
}

export interface Walk {
  /** Names in the order they were entered; a retry enters the same state again. */
  readonly states: readonly string[]
  readonly retries: number
}

const maxVisits = 1000
const defaultAttempts = 3

const listBranches = ({Choices = [], Default}: State): (string | undefined)[] => [...Choices.map(({Next}) => Next), Default]

const findNext = (name: string, state: State, story: Story): string | undefined => {
  if (state.Type !== 'Choice') {
    return state.Next
  }
  const chosen = story.choices?.[name]
  if (chosen === undefined || !listBranches(state).includes(chosen)) {
    throw new Error(`Expected the story to choose one of ${listBranches(state).join(', ')} in ${name}; it chooses ${chosen}.`)
  }
  return chosen
}

/** The states of all iterations of a Map, if all of them go well. */
const walkIterations = (name: string, {ItemProcessor}: State, {items, choices}: Story): string[] => ItemProcessor === undefined
  ? []
  : Array<readonly string[]>(items?.[name] ?? 0).fill(walk(ItemProcessor, {choices}).states).flat()

/** Goes the way of a story through a definition by its own Retry and Catch. Throws if the definition has no such way. */
export const walk = (definition: Machine, story: Story): Walk => {
  const errors = new Map(Object.entries(story.errors ?? {}).map(([name, each]) => [name, [...each]]))
  const attempts = new Map<Retrier, number>()
  const states: string[] = []
  let retries = 0
  let name: string | undefined = definition.StartAt
  while (name !== undefined) {
    const state: State | undefined = definition.States[name]
    if (state === undefined || states.push(name) > maxVisits) {
      throw new Error(`Expected the workflow to have the state ${name} and to end within ${maxVisits} states.`)
    }
    const error: string | undefined = errors.get(name)?.shift()
    const retrier = error === undefined ? undefined : state.Retry?.find((each) => takes(each, error))
    if (retrier !== undefined && (attempts.get(retrier) ?? 0) < (retrier.MaxAttempts ?? defaultAttempts)) {
      attempts.set(retrier, (attempts.get(retrier) ?? 0) + 1)
      retries += 1
      continue
    }
    states.push(...error === undefined ? walkIterations(name, state, story) : [])
    name = error === undefined ? findNext(name, state, story) : state.Catch?.find((each) => takes(each, error))?.Next
    attempts.clear()
  }
  const left = [...errors].filter(([, each]) => each.length > 0).map(([task]) => task)
  if (left.length > 0) {
    throw new Error(`Expected every error of the story to happen; those of ${left.join(', ')} did not.`)
  }
  return {states, retries}
}
