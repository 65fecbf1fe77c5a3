import {
  DescribeExecutionCommand, SFNClient, StopExecutionCommand,
  type DescribeExecutionInput, type DescribeExecutionOutput, type StopExecutionInput, type StopExecutionOutput
} from '@aws-sdk/client-sfn'
import {traceClient} from './XRay'

// Apart from StepFunctions, which starts them: a test that mocks that door alone replaces all that most functions call.
const client = traceClient(new SFNClient({}))

/** Reads how an execution stands. Throws ExecutionDoesNotExist, also for one that ended more than 90 days ago. */
export const describeExecution = (input: DescribeExecutionInput): Promise<DescribeExecutionOutput> =>
  client.send(new DescribeExecutionCommand(input))

/**
 * Ends an execution that runs, as ABORTED: what its tasks are doing continues. One that has ended stays as it is. Throws
 * ExecutionDoesNotExist.
 */
export const stopExecution = (input: StopExecutionInput): Promise<StopExecutionOutput> => client.send(new StopExecutionCommand(input))
