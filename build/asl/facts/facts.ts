import type {Contract} from '../../../shared/contracts/schema'
import type {Shape} from '../shape/shape'
import type {Policy} from './policy'

/** How an error of ours is treated; from errorTable in src/util/errors. */
export interface ErrorTraits {
  readonly category: string
  readonly retryable: boolean
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
  /** Timeouts of the deployed functions in seconds, by name. */
  readonly functions: Readonly<Record<string, number>>
  readonly tables: readonly Table[]
  /** What Terraform fills in, by placeholder: a text where it is one, undefined where only the run of Terraform tells. Absent: unknown. */
  readonly placeholders?: Readonly<Record<string, string | undefined>>
}
