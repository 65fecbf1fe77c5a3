import {UsageError} from '../../shared/cli/errors'
import {hasKey, listKeys} from '../../shared/json'

/** Kinds of things that are lost with what they hold; terraform/allow_destroy has a folder for each. */
export const categories = {
  data: {
    types: ['aws_dynamodb_table', 'aws_s3_bucket', 'aws_cloudwatch_event_archive'],
    loss: 'the table with its records, the bucket with its media or the archive with its events'
  },
  push: {
    types: ['aws_sns_platform_application'],
    loss: 'a push application, with the endpoint of every device: no one hears of anything until each app has registered again'
  },
  authorizer: {
    types: ['aws_apigatewayv2_authorizer'],
    loss: 'the authorizer: users\' tokens are worth nothing from then on'
  }
} as const

export type Category = keyof typeof categories

const names = listKeys(categories)

export interface Plan {
  readonly resource_changes?: ReadonlyArray<{
    readonly address: string
    readonly mode?: string
    readonly type: string
    readonly change: {readonly actions: readonly string[]}
  }>
}

/** What `--allow-destroy` says. Throws UsageError if it names no kind of ours. */
export const categoriesIn = (texts: readonly string[]): ReadonlySet<Category> => {
  const asked = texts.flatMap((text) => text.split(',')).map((text) => text.trim()).filter((text) => text !== '')
  const unknown = asked.find((name) => !hasKey(categories, name))
  if (unknown !== undefined) {
    throw new UsageError(`--allow-destroy takes ${names.join(', ')}; '${unknown}' is none of them.`)
  }
  return new Set(asked.filter((name) => hasKey(categories, name)))
}

const ofType = (type: string): Category | undefined => names.find((name) => (categories[name].types as readonly string[]).includes(type))

const refusal = (category: Category, addresses: readonly string[]): string =>
  `This plan would destroy ${categories[category].loss} (${addresses.join(', ')}). `
  + `If a setting got lost, put it back into the environment's file; if it is meant, say --allow-destroy ${category}.`

/** Sentences about what a plan would destroy without leave, by its JSON: a resource that the configuration no longer has is found as well. */
export const listRefusals = ({resource_changes: changes = []}: Plan, allowed: ReadonlySet<Category>): string[] => {
  const destroyed = changes.filter(({mode, change}) => mode !== 'data' && change.actions.includes('delete'))
  return names.filter((name) => !allowed.has(name)).flatMap((name) => {
    const addresses = destroyed.filter(({type}) => ofType(type) === name).map(({address}) => address)
    return addresses.length === 0 ? [] : [refusal(name, addresses)]
  })
}

/** The same of a plan that OpenTofu or Terraform itself refused for prevent_destroy, by what it printed. */
export const refusalsIn = (output: string): string[] => {
  const addresses = [...output.replace(/\s+/g, ' ').matchAll(/Resource (?:instance )?(\S+) has (?:lifecycle\.)?prevent_destroy set/g)].map(([, address]) => address!)
  return names.flatMap((name) => {
    const own = [...new Set(addresses.filter((address) => (categories[name].types as readonly string[]).some((type) => address.includes(`${type}.`))))]
    return own.length === 0 ? [] : [refusal(name, own)]
  })
}

/** How many resources a plan makes, changes and destroys; one that is replaced counts as both of its halves. */
export const countChanges = ({resource_changes: changes = []}: Plan): {readonly add: number, readonly change: number, readonly destroy: number} => {
  const count = (action: string): number => changes.filter(({mode, change}) => mode !== 'data' && change.actions.includes(action)).length
  return {add: count('create'), change: count('update'), destroy: count('delete')}
}

/** Whether a plan makes the authorizer or changes it: API Gateway then asks the issuer. */
export const changesAuthorizer = ({resource_changes: changes = []}: Plan): boolean => changes.some(({type, change}) =>
  type === 'aws_apigatewayv2_authorizer' && change.actions.some((action) => action === 'create' || action === 'update'))
