export type NodeKind = 'event' | 'function' | 'workflow' | 'bucket' | 'route' | 'bus' | 'queue'

export interface Node {
  readonly kind: NodeKind
  readonly name: string
}

/** That one feeds another: publishes it, is delivered to it, invokes it, stores into it. */
export interface Feed {
  readonly from: Node
  readonly to: Node
}

export const same = (one: Node, other: Node): boolean => one.kind === other.kind && one.name === other.name

/** How many steps a node is away from where everything begins, at most. */
const depths = (feeds: readonly Feed[]): ReadonlyMap<string, number> => {
  const depth = new Map<string, number>()
  const visit = (node: Node, way: readonly Node[]): void => {
    if (way.some((one) => same(one, node)) || (depth.get(node.name) ?? -1) >= way.length) {
      return
    }
    depth.set(node.name, way.length)
    feeds.filter(({from}) => same(from, node)).forEach(({to}) => visit(to, [...way, node]))
  }
  feeds.filter(({from}) => !feeds.some(({to}) => same(to, from))).forEach(({from}) => visit(from, []))
  return depth
}

/** From where everything begins to where it ends, so that a picture can be drawn in this order. */
export const byDepth = (feeds: readonly Feed[]): Feed[] => {
  const depth = depths(feeds)
  const of = ({from}: Feed): number => depth.get(from.name) ?? 0
  return feeds.toSorted((one, other) => of(one) - of(other) || (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

/** Events from the first to the last in the life of a file; then what several can publish, which is off the straight way, then what no one does. */
export const inOrder = <T extends {readonly event: string}>(feeds: readonly Feed[], items: readonly T[]): T[] => {
  const depth = depths(feeds)
  const publishers = (event: string): number => feeds.filter(({to}) => to.kind === 'event' && to.name === event).length
  const group = (event: string): number => [2, 0][publishers(event)] ?? 1
  const rank = ({event}: T): number => 1_000 * group(event) + (depth.get(event) ?? 0)
  return items.toSorted((one, other) => rank(one) - rank(other) || (one.event < other.event ? -1 : 1))
}
