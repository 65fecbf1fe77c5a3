import type {Sizes} from '../shape/size'

/** Which tasks are meant: all that is given must hold. */
export interface Matcher {
  /** Name of the Lambda function that the task invokes. */
  readonly function?: string
  /** Detail-type of the event that the task publishes. */
  readonly event?: string
  /** Attributes that the task sets in DynamoDB, to these texts. */
  readonly sets?: Readonly<Record<string, string>>
  /** The integration, as `dynamodb:updateItem`. */
  readonly integration?: string
}

/** An item of a table: its key as states write it, and the type of what it holds. */
export interface Item {
  readonly key: Readonly<Record<string, unknown>>
  /** Name of the interface in src/types. */
  readonly record: string
}

/** What a workflow promises. Everything else that the verifier looks for holds for any workflow. */
export interface Policy {
  /** What a successful execution has done, all of it. */
  readonly delivers: readonly Matcher[]
  /** What a failed execution has at least tried, all of it. */
  readonly onFailure: readonly Matcher[]
  /** What has happened, successfully, before a task begins. */
  readonly order: readonly {readonly first: Matcher, readonly before: Matcher}[]
  /** Errors that mean "another execution owns it", if the condition asks for these attributes alone. */
  readonly ownership: {readonly errors: readonly string[], readonly attributes: readonly string[]}
  /** Categories of the errors of our functions: which are tried again at once, which wait for a time the source names. */
  readonly categories: {readonly retried: readonly string[], readonly waited: readonly string[]}
  /** For how long retries of such errors last at least, in seconds. */
  readonly patienceSeconds: number
  /** Errors that take long enough by themselves that retries need not last. */
  readonly slow: readonly string[]
  readonly items: readonly Item[]
  /** What the condition must check when an attribute is written, by that attribute. */
  readonly guards: Readonly<Record<string, readonly string[]>>
  /** The events and functions that are this workflow's; undefined if any are. */
  readonly publishes?: readonly string[]
  readonly invokes?: readonly string[]
  /** States on the common path, the one without Map and Parallel, besides some. */
  readonly budget: {readonly states: number, readonly besides: readonly Matcher[]}
  readonly sizes: Sizes
}

/** The policy of a workflow without a policy file. */
export const noPromises: Policy = {
  delivers: [],
  onFailure: [],
  order: [],
  ownership: {errors: ['DynamoDB.ConditionalCheckFailedException'], attributes: []},
  categories: {retried: ['transient', 'changed'], waited: ['rate-limited', 'not-yet-available']},
  patienceSeconds: 300,
  slow: [],
  items: [],
  guards: {},
  budget: {states: Infinity, besides: []},
  sizes: {string: 8192, items: 1000, fields: {}}
}
