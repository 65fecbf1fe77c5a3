import {signal} from '@preact/signals'
import {local} from './http'

export interface WiredRule {
  readonly name: string
  readonly arn: string
  readonly bus: string
  readonly pattern?: string
  readonly state: string
}

/** What runs here: `/_local/runtime`. */
export interface Runtime {
  readonly region: string
  readonly account: string
  readonly buses: readonly string[]
  readonly archives: ReadonlyArray<{readonly name: string, readonly arn: string, readonly busArn: string}>
  readonly rules: readonly WiredRule[]
  readonly functions: ReadonlyArray<{readonly name: string, readonly arn: string, readonly memoryMegabytes: number}>
  readonly events: ReadonlyArray<{readonly name: string, readonly registry: string, readonly members: readonly string[]}>
  readonly routes: readonly string[]
}

export const runtime = signal<Runtime | undefined>(undefined)

/** Loads it once; it changes only with a restart. */
export const loadRuntime = async (): Promise<void> => {
  runtime.value ??= await local<Runtime>('/runtime')
}

/** Whether the HTTP API has a route: `POST /files/{fileId}/cancel`. */
export const hasRoute = (routeKey: string): boolean => runtime.value?.routes.includes(routeKey) ?? false
