import {SFNClient, StartExecutionCommand, type StartExecutionInput, type StartExecutionOutput} from '@aws-sdk/client-sfn'
import {traceClient} from './XRay'

const client = traceClient(new SFNClient({}))

/** Starts an execution. With the name of a closed execution it throws ExecutionAlreadyExists; without a name each call starts one. */
export const startExecution = (input: StartExecutionInput): Promise<StartExecutionOutput> => client.send(new StartExecutionCommand(input))
