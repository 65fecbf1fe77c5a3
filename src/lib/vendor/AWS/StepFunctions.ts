import {
  DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand,
  type DescribeExecutionInput, type DescribeExecutionOutput, type StartExecutionInput, type StartExecutionOutput,
  type StopExecutionInput, type StopExecutionOutput
} from '@aws-sdk/client-sfn'
import {traceClient} from './XRay'

const client = traceClient(new SFNClient({}))

/** Starts an execution. With the name of a closed execution it throws ExecutionAlreadyExists; without a name each call starts one. */
export const startExecution = (input: StartExecutionInput): Promise<StartExecutionOutput> => client.send(new StartExecutionCommand(input))

/** Reads how an execution stands. Throws ExecutionDoesNotExist, also for one that ended more than 90 days ago. */
export const describeExecution = (input: DescribeExecutionInput): Promise<DescribeExecutionOutput> =>
  client.send(new DescribeExecutionCommand(input))

/**
 * Ends an execution that runs, as ABORTED: what its tasks are doing continues. One that has ended stays as it is. Throws
 * ExecutionDoesNotExist.
 */
export const stopExecution = (input: StopExecutionInput): Promise<StopExecutionOutput> => client.send(new StopExecutionCommand(input))
