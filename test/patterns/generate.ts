import type {Tree} from './tree'

export interface Pair {
  readonly pattern: Tree
  readonly event: Tree
}

export type Random = () => number

/** https://en.wikipedia.org/wiki/Xorshift, 32 bits. */
export const seeded = (seed: number): Random => {
  let state = (2 * seed + 1) | 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!
const times = <T>(count: number, make: () => T): T[] => Array.from({length: count}, make)
const some = <T>(random: Random, most: number, make: () => T): T[] => times(1 + Math.floor(random() * random() * most), make)

const names = ['a', 'b', 'c', 'd', 'a.b', 'b.c']
const texts = [
  '', 'a', 'b', 'ab', 'ba', 'abc', 'aab', 'abab', 'A', 'AB', 'aB', 'ß', 'SS', 'ss', 'ẞ', 'k', 'K', '\u212A', 'é', 'É', 'è', 'İ', 'i̇', 'ŉ', 'ʼN', 'ǅ', 'Σ', 'ς',
  '😀', '??', '*', '\\', '"', 'a"', '1', '5', 'true', 'null', 'a/b', 'N', ':stack/1/', 'x:stack/2/y', 'a*b'
]
const addresses = [
  '10.0.0.1', '10.0.0.5', '10.0.1.0', '010.0.0.1', '0.0.0.0', '255.255.255.255', '255.255.255.254', '16.0.0.0', '10.0.0.256', '10.0.0', '::', '::1', '::ffff:a00:1',
  'a00:1::', 'A00:0001::', '2001:db8::1', '2001:DB8:0::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '1:2', ':::', '00001::', '1:2:3:4:5:6:7:8:9'
]
const numbers = [
  '0', '-0', '0.0', '1', '1.0', '1e0', '10E-1', '5', '5.0', '-1', '-1.5', '0.1', '0.10', '0.3', '10', '12345678', '10000000', '1e10', '10000000000', '5000000000', '5e9',
  '1793700000123456', '9007199254740992', '9007199254740993', '123456789012345678901234567890', '1e100', '1e400', '-1e400', '1e-400', '5e-324', '2.5e-324',
  '1.7976931348623157e308', '-1.7976931348623157e308', '2.2250738585072014E-308', '0.1000000000000000055511151231257827', '1e22', '3.14', '301.8', '3.018e2'
]
const blocks = [
  '10.0.0.0/24', '10.0.0.5/24', '10.0.0.1/31', '0.0.0.0/0', '::/0', '010.0.0.0/8', '10.0.0.0/32', '::/128', '::1/127', '2001:db8::/32', '::ffff:a00:1/24', '::ffff:a00:1/100',
  '10.0.0.0', '10.0.0.0/x', '10.0.0.0/-1', '10.0.0.0/+8', '/8', '10.0.0.0/8/', '10.0.0.256/8', '1:2/8', 'x/8', 'ffff::/9', '255.0.0.0/1'
]
const wildcards = [
  '*', 'a*', '*a', '*a*', 'a*b', '*b*b', '*a*a', 'ab*', '*/b', '*:stack/1/*', '*:stack/2/*', '*:*:*', 'a\\*b', '\\\\', '\\a', '**', 'a\\', '*é', '*è*', '*a*b*c*d*', '"*'
]

const literal = (text: string): Tree => JSON.stringify(text)

const leaf = (random: Random): Tree => {
  const chance = random()
  if (chance < 0.45) {
    return literal(pick(random, texts))
  }
  return chance < 0.6 ? literal(pick(random, addresses)) : chance < 0.9 ? pick(random, numbers) : pick(random, ['true', 'false', 'null'])
}

const object = (random: Random, depth: number): Tree =>
  ({members: times(Math.floor(random() * 4), () => [pick(random, names), value(random, depth - 1)] as const)})

const value = (random: Random, depth: number): Tree => {
  const chance = random()
  if (depth <= 0 || chance < 0.45) {
    return leaf(random)
  }
  return chance < 0.75 ? object(random, depth) : {items: times(Math.floor(random() * 4), () => value(random, depth - 1))}
}

const keyed = (name: string, tree: Tree): Tree => ({members: [[name, tree]]})

const numericRange = (random: Random): Tree => {
  const first = [literal(pick(random, ['=', '<', '<=', '>', '>=', '>', '>=', '!'])), pick(random, [...numbers, '"5"'])]
  return {items: random() < 0.4 ? [...first, literal(pick(random, ['<', '<=', '<', '>'])), pick(random, numbers)] : first}
}

const oneOrMany = (random: Random, make: () => Tree): Tree => random() < 0.5 ? make() : {items: times(Math.floor(random() * 4), make)}

const anythingBut = (random: Random): Tree => {
  const text = (): Tree => random() < 0.02 ? pick(random, numbers) : literal(pick(random, texts))
  const makers: ReadonlyArray<() => Tree> = [
    () => oneOrMany(random, text),
    () => oneOrMany(random, () => random() < 0.05 ? text() : pick(random, numbers)),
    () => keyed('prefix', oneOrMany(random, text)),
    () => keyed('suffix', oneOrMany(random, text)),
    () => keyed('equals-ignore-case', oneOrMany(random, text)),
    () => keyed('wildcard', oneOrMany(random, () => literal(pick(random, wildcards)))),
    () => keyed(pick(random, ['cidr', 'exists', 'numeric']), text())
  ]
  return pick(random, makers)()
}

const expression = (random: Random): Tree => {
  const text = (): Tree => random() < 0.01 ? leaf(random) : literal(pick(random, texts))
  const makers: ReadonlyArray<() => Tree> = [
    () => keyed('prefix', random() < 0.3 ? keyed('equals-ignore-case', text()) : text()),
    () => keyed('suffix', random() < 0.3 ? keyed('equals-ignore-case', text()) : text()),
    () => keyed('equals-ignore-case', text()),
    () => keyed('exactly', random() < 0.3 ? literal(pick(random, addresses)) : text()),
    () => keyed('exists', pick(random, ['true', 'false', 'false'])),
    () => keyed('numeric', numericRange(random)),
    () => keyed('numeric', numericRange(random)),
    () => keyed('cidr', literal(pick(random, blocks))),
    () => keyed('wildcard', literal(pick(random, wildcards))),
    () => keyed('anything-but', anythingBut(random)),
    () => keyed('anything-but', anythingBut(random)),
    () => random() < 0.1 ? keyed(pick(random, ['regex', 'PREFIX']), text()) : keyed('exists', 'true')
  ]
  return pick(random, makers)()
}

const matchers = (random: Random): Tree => ({items: some(random, 5, () => random() < 0.5 ? leaf(random) : expression(random))})

const pattern = (random: Random, depth: number): Tree => ({members: some(random, 4, () => {
  const chance = random()
  if (depth > 0 && chance < 0.12) {
    return ['$or', {items: times(random() < 0.05 ? 1 : 2 + Math.floor(random() * 2), () => pattern(random, depth - 1))}] as const
  }
  return [pick(random, chance > 0.995 ? ['prefix', 'numeric'] : names), depth > 0 && chance < 0.35 ? pattern(random, depth - 1) : matchers(random)] as const
})})

/** A text that an expression may match, mostly one that stands in it. */
const hint = (random: Random, tree: Tree): Tree => {
  if (typeof tree === 'string') {
    return /^(true|false)$/.test(tree) ? leaf(random) : tree.startsWith('"') ? literal(String(JSON.parse(tree)).replaceAll('*', () => pick(random, texts)).replace(/\/.*$/, '')) : tree
  }
  const inner = 'items' in tree ? tree.items : tree.members.map(([, each]) => each)
  return inner.length === 0 ? leaf(random) : hint(random, pick(random, inner))
}

const decorated = (random: Random, text: Tree): Tree => {
  if (typeof text !== 'string' || !text.startsWith('"') || random() < 0.5) {
    return text
  }
  const [before, behind] = [random() < 0.5 ? pick(random, texts) : '', random() < 0.5 ? pick(random, texts) : '']
  return literal(`${before}${String(JSON.parse(text))}${behind}`)
}

const varied = (random: Random, tree: Tree): Tree => {
  const chance = random()
  if (chance < 0.1) {
    return {items: [tree, value(random, 2)]}
  }
  return chance < 0.2 ? {items: [value(random, 1), {items: [tree]}]} : chance < 0.25 ? value(random, 2) : tree
}

/** An event that has what the pattern asks for, more or less. */
const answering = (random: Random, tree: Tree): Tree => {
  if (typeof tree === 'string' || 'items' in tree) {
    return decorated(random, hint(random, tree))
  }
  const members = tree.members.filter(() => random() < 0.95).flatMap(([name, each]): Array<readonly [string, Tree]> => {
    if (name === '$or') {
      const chosen = answering(random, typeof each !== 'string' && 'items' in each ? pick(random, each.items) : each)
      return typeof chosen === 'string' || 'items' in chosen ? [] : [...chosen.members]
    }
    return [[name, varied(random, answering(random, each))]]
  })
  return {members: random() < 0.2 ? [...members, [pick(random, names), value(random, 2)]] : members}
}

/** A pattern and an event of the same few names and values; two of three events are made to answer the pattern. */
export const generate = (random: Random): Pair => {
  const made = pattern(random, 2)
  const event = random() < 0.67 ? answering(random, made) : object(random, 4)
  return {pattern: made, event: typeof event === 'object' && 'members' in event ? event : {members: []}}
}
