import type {Machine} from 'asl-verify/definition'
import {type Story, walk} from './walk'

export type Path = 'success' | 'ranged' | 'retried' | 'premiere' | 'failure' | 'exhausted' | 'claimed'

const whole = {WholeOrRanges: 'Transferred'}

/** Of the story `ranged`; each range is one state (src/util/transfer/transfer-plan.ts says how many a file has). */
export const rangesInStory = 16

/** Every way that a file goes through FileDownloadWorkflow, as errors of its tasks. */
export const stories: Readonly<Record<Path, Story>> = {
  success: {choices: whole},
  // A file of 1 GiB.
  ranged: {choices: {WholeOrRanges: 'TransferRanges'}, items: {TransferRanges: rangesInStory}},
  // One broken connection, then it goes well.
  retried: {errors: {TransferFile: ['TransientSourceError']}, choices: whole},
  // The source says: not yet. (A premiere that the metadata announced waits in WaitUntilAvailable, as every success does.)
  premiere: {errors: {TransferFile: ['NotYetAvailableError']}, choices: whole},
  failure: {errors: {TransferFile: ['NeedsCookiesError']}, choices: {DescribeFailure: 'DescribeFunctionError'}},
  // Every retry of a transient error fails.
  exhausted: {errors: {TransferFile: Array<string>(6).fill('TransientSourceError')}, choices: {DescribeFailure: 'DescribeFunctionError'}},
  // Another execution has the file: a duplicate event, or the coordinator beside the rule.
  claimed: {errors: {ClaimFile: ['DynamoDB.ConditionalCheckFailedException']}}
}

/** AWS's first pricing example counts Start and End as well. We count high rather than low. https://aws.amazon.com/step-functions/pricing/ */
export const startAndEnd = 2

/** Billed transitions by path: every state entered, retries included, and start and end. */
export const transitionsByPath = (definition: Machine): Record<Path, number> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- one count for each story
  Object.fromEntries(Object.entries(stories)
    .map(([path, story]) => [path, walk(definition, story).states.length + startAndEnd])) as Record<Path, number>
