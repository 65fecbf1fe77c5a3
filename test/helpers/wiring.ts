import {readFileSync} from 'node:fs'

interface Resource {
  readonly address: string
  readonly type: string
  readonly name: string
  readonly values: Record<string, unknown>
}

interface Module {
  readonly resources?: Resource[]
  readonly child_modules?: Module[]
}

const flatten = (module: Module): Resource[] => [...module.resources ?? [], ...(module.child_modules ?? []).flatMap(flatten)]

let resources: readonly Resource[] | undefined

/** Every resource of the committed wiring, those of child modules too. */
export const wiredResources = (): readonly Resource[] => {
  resources ??= flatten((JSON.parse(readFileSync('local/wiring.json', 'utf8')) as {values: {root_module: Module}}).values.root_module)
  return resources
}

export const bucketName = (): string => String(wiredResources().find((resource) => resource.type === 'aws_s3_bucket')?.values['bucket'])

export const tableName = (): string => String(wiredResources().find((resource) => resource.type === 'aws_dynamodb_table')?.values['name'])
