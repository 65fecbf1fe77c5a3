import {innerMachines, type PlacedMachine, type PlacedState} from '../definition'
import type {Facts} from '../facts/facts'
import type {Matcher, Policy} from '../facts/policy'
import type {Finding, Report} from '../finding'
import {readExpressions} from '../tasks/dynamodb-expressions'
import {matcherWord, matches} from '../tasks/match'
import {allWays, type Way} from './graph'
import type {Rule} from './rule'
import {type Continued, type Known, findLastError, tellStory, type Visit, type Visited, walkAll, wayInto, withoutToken, withToken} from './story'

/** Every execution ends as the policy promises: delivered, announced as failed, or left to its owner. */
export const checkPromises: Rule = (workflow, facts, report) => {
  const ends = visitAll(workflow, [], facts, report).map((visited) => ({...visited, breach: findBreach(visited, facts.policy)}))
  for (const {visit, breach} of ends) {
    if (breach !== undefined) {
      const isAlwaysSo = ends.every((other) => other.breach !== undefined || wayInto(other.visit).pointer !== wayInto(visit).pointer)
      report({...breach, ...(isAlwaysSo ? wayInto(visit) : findLastError(visit))})
    }
  }
}

const visitAll = (machine: PlacedMachine, known: Known, facts: Facts, report: Report): Visited[] =>
  walkAll(machine, known, (visit) => {
    checkOrder(visit, facts.policy, report)
    return continued(visit, facts, report)
  })

const continued = ({placed, known: before}: Visit, facts: Facts, report: Report): Continued => {
  const {state} = placed
  const known = state.Type === 'Task' ? withoutToken(before, (token) => token === 'owned') : before
  const well = afterSuccess(placed, known, facts, report)
  return {
    ways: allWays(state).map((way) => ({way, known: way.errors === undefined ? well : afterFailure(placed, way, known, facts)})),
    ...(state.Type === 'Succeed' || state.End === true ? {end: well} : {})
  }
}

const listTokens = (kind: string, matchers: readonly Matcher[], {state}: PlacedState): string[] =>
  matchers.flatMap((matcher, index) => matches(state, matcher) ? [`${kind} ${index}`] : [])

const afterSuccess = (placed: PlacedState, known: Known, facts: Facts, report: Report): Known => {
  const {delivers, onFailure, order} = facts.policy
  const inside = innerMachines(placed).map((machine) => afterInner(machine, known, facts, report))
  // A Map may have nothing to do; the branches of a Parallel all come to their ends.
  const certain = placed.state.Type === 'Parallel' ? inside.flat() : []
  return withToken(withoutToken(known, (token) => token === `failed ${placed.name}`), ...certain,
    ...listTokens('done', delivers, placed), ...listTokens('tried', onFailure, placed), ...listTokens('first', order.map(({first}) => first), placed))
}

/** What was delivered before a failure may be of no use: it counts once it is delivered again. */
const afterFailure = (placed: PlacedState, {errors = []}: Way, known: Known, facts: Facts): Known => withToken(
  withoutToken(known, (token) => /^(?:failed|done) /.test(token)),
  `failed ${placed.name}`,
  ...listTokens('tried', facts.policy.onFailure, placed),
  ...(isOwnership(placed, errors, facts) ? ['owned'] : [])
)

/** Whether an error says that another execution owns the record, and cannot say anything else. */
const isOwnership = ({state}: PlacedState, errors: readonly string[], facts: Facts): boolean => {
  const {ownership} = facts.policy
  const {conditionAttributes, refusal} = readExpressions(state, facts)
  return errors.every((error) => ownership.errors.includes(error)) && state.Parameters?.ConditionExpression !== undefined
    && (refusal !== undefined || conditionAttributes.every((attribute) => ownership.attributes.includes(attribute)))
}

/** What is known whichever way an inner machine comes to its end; an error must not be swallowed there. */
const afterInner = (machine: PlacedMachine, known: Known, facts: Facts, report: Report): Known => {
  const ends = visitAll(machine, withoutToken(known, (token) => token.startsWith('failed ')), facts, report).filter(({end}) => end !== undefined)
  for (const {visit, end} of ends) {
    const failed = end!.find((token) => token.startsWith('failed '))
    if (failed !== undefined && !end!.includes('owned')) {
      report({...findLastError(visit), code: 'error-swallowed', sentence: `Expected the failure of ${failed.slice(7)} to fail what runs it; found ${tellStory(visit)}, which succeeds. Lead to a Fail, or let the error out.`})
    }
  }
  const [first = [], ...others] = ends.map(({end}) => end!)
  return withoutToken(first.filter((token) => others.every((other) => other.includes(token))), (token) => token.startsWith('failed '))
}

const checkOrder = (visit: Visit, {order}: Policy, report: Report): void => order.forEach(({first, before}, index) => {
  if (matches(visit.placed.state, before) && !visit.known.includes(`first ${index}`)) {
    report({code: 'order', state: visit.placed.name, pointer: visit.placed.pointer, sentence: `Expected ${matcherWord(first)} before ${visit.placed.name}; found ${tellStory(visit)}. Put it before.`})
  }
})

const missing = (kind: string, matchers: readonly Matcher[], known: Known): string =>
  matchers.filter((_, index) => !known.includes(`${kind} ${index}`)).map(matcherWord).join(' and ')

/** What is wrong with an end, if anything. */
const findBreach = ({visit, end}: Visited, policy: Policy): Pick<Finding, 'code' | 'sentence'> | undefined =>
  end === undefined ? visit.placed.state.Type === 'Fail' ? breachOfFailure(visit, policy) : undefined : breachOfSuccess(visit, end, policy)

const breachOfSuccess = (visit: Visit, known: Known, {delivers, onFailure}: Policy): Pick<Finding, 'code' | 'sentence'> | undefined => {
  const undone = missing('done', delivers, known)
  if (undone === '' || known.includes('owned')) {
    return undefined
  }
  return onFailure.length > 0 && missing('tried', onFailure, known) === ''
    ? {code: 'failure-as-success', sentence: `Expected a failure that was announced to fail the execution; found ${tellStory(visit)}, which succeeds. End in a Fail.`}
    : {code: 'silent-success', sentence: `Expected a success only after ${undone}, or if another execution owns the record; found ${tellStory(visit)}. Lead to the failure's states instead.`}
}

const breachOfFailure = (visit: Visit, {onFailure}: Policy): Pick<Finding, 'code' | 'sentence'> | undefined => {
  const untried = missing('tried', onFailure, visit.known)
  return untried === ''
    ? undefined
    : {code: 'failure-unannounced', sentence: `Expected ${untried} before the execution fails; found ${tellStory(visit)}. Lead through the states that do so.`}
}
