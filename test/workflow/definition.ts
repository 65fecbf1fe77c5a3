import {readFileSync} from 'node:fs'
import {join} from 'node:path'

export interface Retrier {
  readonly ErrorEquals: readonly string[]
  readonly IntervalSeconds?: number
  readonly MaxAttempts?: number
  readonly BackoffRate?: number
  readonly MaxDelaySeconds?: number
  readonly JitterStrategy?: string
}

export interface Catcher {
  readonly ErrorEquals: readonly string[]
  readonly ResultPath?: string
  readonly Next: string
}

interface Parameters {
  readonly TableName?: string
  readonly Key?: unknown
  readonly Entries?: readonly unknown[]
}

export interface AslState {
  readonly Type: 'Task' | 'Wait' | 'Choice' | 'Pass' | 'Succeed' | 'Fail'
  readonly Comment?: string
  readonly Resource?: string
  readonly TimeoutSeconds?: number
  readonly Parameters?: Parameters
  readonly Retry?: readonly Retrier[]
  readonly Catch?: readonly Catcher[]
  readonly Next?: string
  readonly End?: boolean
  readonly Default?: string
  readonly Choices?: ReadonlyArray<{readonly Next: string}>
}

export interface Definition {
  readonly StartAt: string
  readonly States: Readonly<Record<string, AslState>>
}

const root = join(import.meta.dirname, '../..')

/** The file as it is committed, placeholders and all. */
export const rawDefinition = readFileSync(join(root, 'terraform/workflows/FileDownloadWorkflow.asl.json'), 'utf8')

/** What Terraform fills in, by placeholder, as its HCL says. */
export const placeholders = (): Readonly<Record<string, string>> => {
  const hcl = readFileSync(join(root, 'terraform/workflow_FileDownload.tf'), 'utf8')
  const [, values] = /templatefile\("[^"]+", \{([\s\S]*?)\}\)/.exec(hcl)!
  return Object.fromEntries([...values!.matchAll(/^\s+(\w+)\s+= (.+)$/gm)].map(([, name, value]) => [name!, value!.replace(/^"(.*)"$/, '$1')]))
}

/** The definition as JSON, with placeholders left in. */
export const definition = JSON.parse(rawDefinition) as Definition

export const tasks = Object.entries(definition.States).filter(([, {Type}]) => Type === 'Task').map(([name, state]) => ({name, ...state}))
