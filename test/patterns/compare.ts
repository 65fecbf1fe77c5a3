import {describeError} from '../../shared/errors'
import {PatternFailure} from '../../shared/patterns/errors'
import {eventTextFields} from '../../shared/patterns/event-fields'
import {meetsBranches, patternBranches} from '../../shared/patterns/pattern'
import {ruleComplexity} from '../../shared/patterns/rule-complexity'
import type {Verdict} from './judge'

/** What both say of one pair. */
export interface Comparison {
  readonly pattern: string
  readonly event: string
  readonly ours: Verdict
  readonly rulers: Verdict
  /** Event Ruler, asked again, also says what we say. */
  readonly isUnsteady?: boolean
}

export const ourVerdict = (pattern: string, event: string): Verdict => {
  try {
    const branches = patternBranches(pattern)
    return {complexity: ruleComplexity(branches), matches: meetsBranches(branches)(eventTextFields(event))}
  } catch (error) {
    return error instanceof PatternFailure ? {failure: error.message} : {refusal: describeError(error)}
  }
}

/** In which way the two verdicts differ; undefined if they do not. How a failure is worded does not count. */
export const differing = ({ours, rulers}: Comparison): 'validity' | 'failure' | 'wording' | 'complexity' | 'match' | undefined => {
  if ((ours.refusal === undefined) !== (rulers.refusal === undefined)) {
    return 'validity'
  }
  if ((ours.failure === undefined) !== (rulers.failure === undefined)) {
    return 'failure'
  }
  if (ours.refusal !== rulers.refusal) {
    return 'wording'
  }
  if (ours.matches !== rulers.matches) {
    return 'match'
  }
  return ours.complexity === rulers.complexity ? undefined : 'complexity'
}
