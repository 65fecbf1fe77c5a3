import {asObject, objectsIn} from '../../shared/json'
import type {Body, Configuration} from './configuration'
import type {Facts, Shape} from './facts'

/** Arguments of every block, which belong to the language. */
const language = new Set(['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'provisioner', 'connection', 'dynamic'])

export interface Exception {
  /** `type.argument`, with blocks in between. */
  readonly argument: string
  /** Why we use it although it is deprecated. */
  readonly reason: string
}

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)
const listBodies = (value: unknown): Body[] => (Array.isArray(value) ? value : [value]).filter(isBody)

/** A dynamic block stands for blocks of its name with its content. */
const withDynamic = (body: Body): Record<string, unknown> => {
  const dynamic = Object.entries(asObject(body['dynamic']))
  const written = dynamic.map(([name, blocks]): [string, unknown] =>
    [name, [...listBodies(body[name] ?? []), ...objectsIn(blocks).flatMap(({content}) => listBodies(content))]])
  return {...body, ...Object.fromEntries(written)}
}

interface Found {
  readonly problems: string[]
  /** Deprecated arguments in use. */
  readonly deprecated: string[]
}

const judgeBody = (body: Body, shape: Shape, path: string, place: string): Found => {
  const own = withDynamic(body)
  const names = Object.keys(own).filter((name) => !language.has(name))
  const missing = Object.entries(shape.arguments).filter(([name, need]) => need === 'required' && own[name] === undefined)
    .map(([name]) => `${place}: ${path} lacks ${name}, which is required.`)
  const unknown = names.filter((name) => shape.arguments[name] === undefined).map((name) => `${place}: ${path} has no argument ${name}.`)
  const inner = names.flatMap((name) => {
    const block = shape.blocks[name]
    return block === undefined ? [] : listBodies(own[name]).map((each) => judgeBody(each, block, `${path}.${name}`, place))
  })
  return {
    problems: [...missing, ...unknown, ...inner.flatMap(({problems}) => problems)],
    deprecated: [...names.filter((name) => shape.deprecated[name] !== undefined).map((name) => `${path}.${name}`), ...inner.flatMap(({deprecated}) => deprecated)]
  }
}

const judgeDeprecated = (used: readonly string[], exceptions: readonly Exception[]): string[] => [
  ...[...new Set(used)].filter((argument) => !exceptions.some((exception) => exception.argument === argument)).map((argument) => `${argument} is deprecated.`),
  ...exceptions.filter(({argument}) => !used.includes(argument)).map(({argument}) => `exceptions.ts excuses ${argument}, which is not in use or not deprecated: remove the entry.`)
]

/** Sentences about arguments and attributes of our HCL that the provider of `facts` does not know, wants besides, or calls deprecated. */
export const judge = ({blocks, reads}: Configuration, facts: Facts, exceptions: readonly Exception[]): string[] => {
  const found = blocks.map(({kind, type, place, body}): Found => {
    const shape = facts[kind][type]
    return shape === undefined ? {problems: [`${place}: facts.json knows no ${kind} ${type}; run npm run provider.`], deprecated: []} : judgeBody(body, shape, type, place)
  })
  const unreadable = reads.filter(({kind, type, attribute}) => facts[kind][type]?.attributes?.includes(attribute) === false)
  const warned = reads.filter(({kind, type, attribute}) => facts[kind][type]?.deprecated[attribute] !== undefined)
  return [
    ...found.flatMap(({problems}) => problems),
    ...unreadable.map(({type, attribute, place}) => `${place}: ${type} has no attribute ${attribute}.`),
    ...judgeDeprecated([...found.flatMap(({deprecated}) => deprecated), ...warned.map(({type, attribute}) => `${type}.${attribute}`)], exceptions)
  ]
}
