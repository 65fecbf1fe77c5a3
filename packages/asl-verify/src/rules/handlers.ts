import {allStates, type Catcher, type PlacedState, type Retrier, listStates} from '../definition'
import type {Report} from '../finding'
import type {Facts} from '../facts/facts'
import {possibleErrors} from '../flow/errors-of'
import {takes, terminalErrors} from '../matching'
import {type PossibleError, shareOut, wildcards} from '../tasks/errors'
import {findIntegration} from '../tasks/integration'
import type {Rule} from './rule'

const hasHandlers = ({state: {Type}}: PlacedState): boolean => ['Task', 'Map', 'Parallel'].includes(Type)
const listed = (names: readonly string[]): string => names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')

/** Every error of a task is caught, and every entry of Retry and Catch gets its turn. */
export const checkHandlers: Rule = (workflow, facts, report) => {
  for (const placed of allStates(workflow).filter(hasHandlers)) {
    const errors = possibleErrors(placed, facts)
    const {Retry = [], Catch = []} = placed.state
    checkOrder(placed, report)
    for (const [field, handlers] of [['Retry', Retry], ['Catch', Catch]] as const) {
      checkEntries(placed, field, handlers, errors, report)
    }
    checkAnswers(placed, errors, facts, report)
  }
  listStates(workflow).filter(hasHandlers).forEach((placed) => checkCaught(placed, possibleErrors(placed, facts), report))
}

/** What happens first stands first. */
const checkOrder = ({name, state, pointer}: PlacedState, report: Report): void => {
  const fields = Object.keys(state)
  if (fields.includes('Retry') && fields.includes('Catch') && fields.indexOf('Catch') < fields.indexOf('Retry')) {
    report({code: 'catch-before-retry', state: name, pointer: `${pointer}/Catch`, sentence: 'Expected Retry before Catch, since errors are caught only once retries are used up; found Catch first. Swap them.'})
  }
}

const checkEntries = ({name, state, pointer}: PlacedState, field: 'Retry' | 'Catch', handlers: readonly (Retrier | Catcher)[], errors: readonly PossibleError[], report: Report): void => {
  const known = [...errors.map((error) => error.name), ...wildcards, ...terminalErrors]
  // Of an integration that is unknown, so are its errors; another rule reports that.
  const isTold = state.Type !== 'Task' || findIntegration(state) !== undefined
  const tell = (code: 'error-unknown' | 'handler-unreachable', place: string, sentence: string): void =>
    report({code, state: name, pointer: `${pointer}/${field}/${place}`, sentence})
  shareOut(handlers, errors).forEach(({handler, errors: taken}, index) => {
    const names = handler.ErrorEquals
    names.forEach((each, at) => {
      const earlier = handlers.slice(0, index).some((other) => takes(other, each)) || names.indexOf(each) < at
      if (!known.includes(each) && isTold) {
        tell('error-unknown', `${index}/ErrorEquals/${at}`, `Expected an error that the task may have (${listed(errors.map((error) => error.name))}); found '${each}'. Fix the name, or drop it.`)
      } else if (earlier) {
        tell('handler-unreachable', `${index}/ErrorEquals/${at}`, `Expected ${each} once; found that an earlier entry takes it, so this one never does. Drop one of them.`)
      }
    })
    if (taken.length === 0 && names.every((each) => wildcards.includes(each))) {
      tell('handler-unreachable', `${index}`, 'Expected an error that is left for this entry; found none. Drop it, or move it up.')
    }
  })
}

/** On the highest level, what is not caught ends the execution unannounced. */
const checkCaught = ({name, state, pointer}: PlacedState, errors: readonly PossibleError[], report: Report): void => {
  const missed = errors.filter((error) => !state.Catch?.some((catcher) => takes(catcher, error.name)))
  if (missed.length > 0) {
    report({code: 'error-unhandled', state: name, pointer: `${pointer}${state.Catch === undefined ? '' : '/Catch'}`, sentence: `Expected every error to be caught; found nothing for ${listed(missed.map((error) => error.name))}. End Catch with States.ALL.`})
  }
}

/** A condition that does not hold is an answer, not a fault: a catcher must name it. */
const checkAnswers = ({name, state, pointer}: PlacedState, errors: readonly PossibleError[], facts: Facts, report: Report): void => {
  const answers = errors.filter(({kind}) => kind === 'answer')
  const missed = answers.filter((error) => !state.Catch?.some(({ErrorEquals}) => ErrorEquals.includes(error.name)))
  if (state.Type === 'Task' && missed.length > 0) {
    report({code: 'answer-uncaught', state: name, pointer, sentence: `Expected a catcher that names ${listed(missed.map((error) => error.name))}, since it says something and is no fault (${facts.workflow}); found none. Catch it by name.`})
  }
}
