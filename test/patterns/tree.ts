/** A JSON value as it is written: with repeated keys, and numbers as they stand. */
export type Tree =
  | {readonly members: ReadonlyArray<readonly [name: string, value: Tree]>}
  | {readonly items: readonly Tree[]}
  | string

export const write = (tree: Tree): string => {
  if (typeof tree === 'string') {
    return tree
  }
  return 'items' in tree
    ? `[${tree.items.map(write).join(',')}]`
    : `{${tree.members.map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(',')}}`
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at)
const replaced = <T>(list: readonly T[], at: number, value: T): T[] => list.map((each, index) => index === at ? value : each)

const smallerTexts = (text: string): string[] => {
  if (!text.startsWith('"')) {
    return []
  }
  const characters = [...String(JSON.parse(text))]
  return characters.map((_, at) => JSON.stringify(without(characters, at).join('')))
}

/** Every tree that has one thing less. */
export const smaller = (tree: Tree): Tree[] => {
  if (typeof tree === 'string') {
    return smallerTexts(tree)
  }
  if ('items' in tree) {
    return [
      ...tree.items,
      ...tree.items.map((_, at) => ({items: without(tree.items, at)})),
      ...tree.items.flatMap((item, at) => smaller(item).map((less) => ({items: replaced(tree.items, at, less)})))
    ]
  }
  return [
    ...tree.members.map((_, at) => ({members: without(tree.members, at)})),
    ...tree.members.flatMap(([name, value], at) => smaller(value).map((less) => ({members: replaced(tree.members, at, [name, less] as const)})))
  ]
}
