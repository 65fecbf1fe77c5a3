import {randomUUID} from 'node:crypto'
import {invoke} from '../../lib/vendor/AWS/Lambda'
import type {FileRecord} from '../../types/domain'
import type {RequestFileInput, RequestFileOutput} from '../../types/workflow'
import {env} from '../env'

/** Asks RequestFile for one URL in a user's name; returns what it answered. Throws if it threw. */
export const requestFile = async (
  userId: string, url: string, {preset, audio, record}: Pick<FileRecord, 'preset' | 'audio' | 'record'> = {}
): Promise<RequestFileOutput> => {
  const wish = {...(preset !== undefined && {preset}), ...(audio !== undefined && {audio}), ...(record !== undefined && {record})}
  const input: RequestFileInput = {userId, url, ...wish, correlationId: randomUUID()}
  const {FunctionError, Payload} = await invoke({
    FunctionName: env('REQUEST_FILE_FUNCTION_NAME'),
    InvocationType: 'RequestResponse',
    Payload: new TextEncoder().encode(JSON.stringify(input))
  })
  const payload = new TextDecoder().decode(Payload)
  if (FunctionError !== undefined) {
    throw new Error(
      `Expected RequestFile to answer the request ${input.correlationId}; it failed (${FunctionError}): ${payload.slice(0, 500)}`
    )
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what RequestFile returns has this type
  return JSON.parse(payload) as RequestFileOutput
}
