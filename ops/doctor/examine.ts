import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import type {Options} from './options'

/** A row of ReconcileFiles's report. */
export interface Drift {
  readonly kind: string
  readonly fileId: string
  readonly since: string
  readonly detail: string
  readonly outcome: 'found' | 'mended' | 'failed'
  readonly reason?: string
}

export interface Report {
  readonly scope: string
  readonly found: number
  readonly failed: number
  readonly drift: readonly Drift[]
}

// A whole sweep takes up to the function's five minutes.
const requestTimeout = 310_000

const clientOf = (endpoint: string | undefined): LambdaClient => new LambdaClient({
  maxAttempts: 1,
  requestHandler: {requestTimeout},
  ...(endpoint !== undefined && {
    endpoint, region: process.env.AWS_REGION ?? 'us-west-2',
    ...(process.env.AWS_ACCESS_KEY_ID === undefined && {credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
  })
})

/** Has ReconcileFiles look, and mend where `fix`. Throws where there is no such function, or it throws. */
export const examine = async ({scope, fix, suffix}: Options, endpoint: string | undefined): Promise<Report> => {
  const FunctionName = `ReconcileFiles${suffix}`
  const Payload = Buffer.from(JSON.stringify({scope, dryRun: !fix}))
  const answer = await clientOf(endpoint).send(new InvokeCommand({FunctionName, Payload}))
  const text = new TextDecoder().decode(answer.Payload)
  if (answer.FunctionError !== undefined) {
    throw new Error(`Expected ${FunctionName} to report; it failed: ${(JSON.parse(text) as {errorMessage?: string}).errorMessage ?? text}`)
  }
  return JSON.parse(text) as Report
}
