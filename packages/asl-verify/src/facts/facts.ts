import type {Shape} from '../shape/shape'
import type {Policy} from './policy'

/** How an error of ours is treated; from errorTable in src/util/errors. */
export interface ErrorTraits {
  readonly category: string
  readonly retryable: boolean
}

/** What an event's detail holds, as JSON Schema has it. */
export interface Contract {
  readonly event: string
  readonly schema: {readonly properties?: Readonly<Record<string, {readonly type?: string, readonly format?: unknown}>>}
}

/** An entry of PutEvents as a state writes it. */
export interface Entry {
  readonly Source?: string
  readonly DetailType?: string
  readonly Detail?: Readonly<Record<string, unknown>>
  readonly EventBusName?: unknown
}

/** The expressions of a request to DynamoDB; the grammar completes it by what it parsed. */
export interface ExpressionRequest {
  readonly UpdateExpression?: unknown
  readonly ConditionExpression?: unknown
  readonly ExpressionAttributeNames?: unknown
  readonly ExpressionAttributeValues?: unknown
  _updates?: {sections: ReadonlyArray<{type: 'set' | 'add' | 'remove' | 'delete', path: (string | number)[], val?: unknown}>}
  _condition?: {expression: unknown, pathHeads: Record<string, true>}
}

/** A table's key attributes, by name, with their types. */
export interface Table {
  readonly name: string
  readonly key: Readonly<Record<string, string>>
}

/** All that the verifier takes from outside of the definition. */
export interface Facts {
  readonly workflow: string
  readonly policy: Policy
  /** What executions are started with. */
  readonly input: Shape
  /** The interfaces of src/types, by name. */
  readonly types: Readonly<Record<string, Shape>>
  readonly errors: Readonly<Record<string, ErrorTraits>>
  readonly contracts: readonly Contract[]
  /** Why an entry does not fit its contract, a part of a sentence each. */
  readonly misfitsOf: (entry: Entry) => readonly string[]
  /** Parses expressions as DynamoDB does; says why it would refuse them. */
  readonly parseRequest: (request: ExpressionRequest) => string | undefined
  /** Timeouts of the deployed functions in seconds, by name. */
  readonly functions: Readonly<Record<string, number>>
  readonly tables: readonly Table[]
  /** What Terraform fills in, by placeholder: a text if it is one, undefined if only a run of Terraform knows it. Absent: unknown. */
  readonly placeholders?: Readonly<Record<string, string | undefined>>
}
