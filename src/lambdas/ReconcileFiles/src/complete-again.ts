import {invoke} from '../../../lib/vendor/AWS/Lambda'
import {env} from '../../../util/env'

/** Tells S3ObjectCreated of an object as its bucket should have: it alone marks files Downloaded and says so. Throws what it throws. */
export const completeAgain = async (key: string): Promise<void> => {
  const {FunctionError, Payload} = await invoke({
    FunctionName: env('OBJECT_CREATED_FUNCTION_NAME'),
    InvocationType: 'RequestResponse',
    Payload: new TextEncoder().encode(
      JSON.stringify({Records: [{s3: {bucket: {name: env('BUCKET_NAME')}, object: {key: encodeURIComponent(key)}}}]})
    )
  })
  if (FunctionError !== undefined) {
    throw new Error(`Expected S3ObjectCreated to take the object ${key}; it failed: ${new TextDecoder().decode(Payload).slice(0, 500)}`)
  }
}
