import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {asObject, trustedJson} from '../../shared/json'
import type {ClientOptions} from '../program/target'

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

export interface Examination {
  readonly fix: boolean
  readonly scope: 'unfinished' | 'all'
  readonly suffix: string
}

/** Has ReconcileFiles look, and repair if `fix`. Throws if there is no such function, or it throws. */
export const examine = async ({scope, fix, suffix}: Examination, options: ClientOptions): Promise<Report> => {
  const FunctionName = `ReconcileFiles${suffix}`
  const Payload = Buffer.from(JSON.stringify({scope, dryRun: !fix}))
  const client = new LambdaClient({...options, maxAttempts: 1, requestHandler: {requestTimeout}})
  const answer = await client.send(new InvokeCommand({FunctionName, Payload}))
  const text = new TextDecoder().decode(answer.Payload)
  if (answer.FunctionError !== undefined) {
    throw new Error(`Expected ${FunctionName} to report; it failed: ${String(asObject(JSON.parse(text))['errorMessage'] ?? text)}`)
  }
  return trustedJson<Report>(text)
}
