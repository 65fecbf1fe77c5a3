import {InvokeCommand, LambdaClient, type InvokeCommandInput, type InvokeCommandOutput} from '@aws-sdk/client-lambda'
import {traceClient} from './XRay'

const client = traceClient(new LambdaClient({}))

/** Invokes a function. One that threw still returns 200: its output then has `FunctionError`. */
export const invoke = (input: InvokeCommandInput): Promise<InvokeCommandOutput> => client.send(new InvokeCommand(input))
