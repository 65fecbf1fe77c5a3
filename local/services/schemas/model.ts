export interface Registry {
  readonly RegistryName: string
  readonly RegistryArn: string
  readonly Description?: string | undefined
}

export interface SchemaVersion {
  readonly content: string
  readonly type: string
  /** ISO 8601 UTC. */
  readonly created: string
}

export interface Schema {
  readonly name: string
  readonly registry: string
  readonly arn: string
  readonly description?: string | undefined
  /** The first is version 1. */
  readonly versions: readonly SchemaVersion[]
  /** It came with the wiring, and goes with it. */
  readonly wired: boolean
}
