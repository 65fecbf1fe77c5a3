import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import type {System} from './system'

/** Invokes a function of a running system and waits for its answer. Throws, with what it said, where the function throws. */
export const invoke = async <T>({address}: Pick<System, 'address'>, functionName: string, event: unknown): Promise<T> => {
  const client = new LambdaClient({endpoint: address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}})
  try {
    const payload = new TextEncoder().encode(JSON.stringify(event))
    const {Payload, FunctionError} = await client.send(new InvokeCommand({FunctionName: functionName, Payload: payload}))
    const text = new TextDecoder().decode(Payload)
    if (FunctionError !== undefined) {
      throw new Error(`Expected ${functionName} to succeed; it threw ${text}`)
    }
    return JSON.parse(text) as T
  } finally {
    client.destroy()
  }
}
