import type {Feed, Node, NodeKind} from './order'

const shapes: Readonly<Record<NodeKind, readonly [string, string]>> = {
  event: ['{{', '}}'], function: ['[', ']'], workflow: ['[[', ']]'], bucket: ['[(', ')]'], route: ['([', '])'], bus: ['{{', '}}'], queue: ['[/', '/]']
}

const id = ({kind, name}: Node): string => kind === 'bucket' ? 'objects' : name.replace(/\W+/g, '_')
const drawn = (node: Node): string => `${id(node)}${shapes[node.kind][0]}"${node.kind === 'bucket' ? 'S3' : node.name}"${shapes[node.kind][1]}`
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** Who feeds whom, as a Mermaid flowchart. */
export const picture = (feeds: readonly Feed[]): string => {
  const nodes = [...new Map(feeds.flatMap(({from, to}) => [from, to]).map((node) => [id(node), node])).values()]
  const events = nodes.filter(({kind}) => kind === 'event').map(id)
  return [
    '```mermaid',
    'flowchart TD',
    ...unique(nodes.map(drawn)).map((line) => `  ${line}`),
    ...feeds.map(({from, to}) => `  ${id(from)} --> ${id(to)}`),
    '  classDef event fill:#fdf0d0,stroke:#b07d00,color:#3d2b00',
    `  class ${events.join(',')} event`,
    '```'
  ].join('\n')
}
