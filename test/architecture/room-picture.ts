type Rooms = ReadonlyMap<string, ReadonlySet<string>>

/** Everything that a room leads to, by one arrow or more. */
const reachedFrom = (graph: Rooms, start: string, reached = new Set<string>()): Set<string> => {
  for (const next of graph.get(start) ?? []) {
    if (!reached.has(next)) {
      reachedFrom(graph, next, reached.add(next))
    }
  }
  return reached
}

const merged = (rooms: Rooms, nameOf: (room: string) => string | undefined): Rooms => {
  const graph = new Map<string, Set<string>>()
  for (const [room, targets] of rooms) {
    const name = nameOf(room)
    if (name !== undefined) {
      const all = graph.get(name) ?? new Set<string>()
      graph.set(name, all)
      ;[...targets].map(nameOf).filter((target) => target !== undefined && target !== name).forEach((target) => all.add(target!))
    }
  }
  return graph
}

/** An arrow that a way over other rooms says already is left out. */
const reduced = (graph: Rooms): Array<[string, string]> => [...graph].flatMap(([from, targets]) => [...targets]
  .filter((to) => ![...targets].some((other) => other !== to && reachedFrom(graph, other).has(to)))
  .map((to): [string, string] => [from, to])).sort()

const idOf = (room: string): string => room.replace(/\W+/g, '_')

const chart = (graph: Rooms): string => [
  '```mermaid',
  'flowchart TD',
  ...[...graph.keys()].sort().map((room) => `  ${idOf(room)}["${room}"]`),
  ...reduced(graph).map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`),
  '```'
].join('\n')

const product = (room: string): string | undefined =>
  room.startsWith('src/lambdas/') ? 'src/lambdas' : /^src\/(?:lib|util)\//.test(room) ? room : room.startsWith('src/util') ? 'src/util' : room.startsWith('src/') ? 'src/types' : undefined

const tools = (room: string): string | undefined => {
  const [top] = room.split('/')
  return top === 'src' || top === 'test' ? undefined : top
}

const local = (room: string): string | undefined => room.startsWith('local/') ? room : undefined

/** docs/rooms.md: who imports from whom. */
export const picturePage = (rooms: Rooms): string => [
  '# The rooms, drawn',
  'Written by `npm run rooms:docs` from the imports; what is in a room stands in [CONTRIBUTING.md](../CONTRIBUTING.md#rooms). An arrow leads to what is'
  + ' imported; one that follows from others is left out. There is no circle, and no arrow leads back up.',
  '## The product', chart(merged(rooms, product)),
  '## The tools around it', chart(merged(rooms, tools)),
  '## The embedded AWS', chart(merged(rooms, local)),
  ''
].join('\n\n').replace(/\n\n$/, '\n')
