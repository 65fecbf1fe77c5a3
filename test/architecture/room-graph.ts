import {type Import, importsOf, isTest, sourceFiles} from './sources'

/** Imports of every file of ours, tests too, by its path from the root. */
export type FileGraph = ReadonlyMap<string, readonly Import[]>

export const readGraph = (): FileGraph => new Map(sourceFiles().map((path) => [path, importsOf(path)]))

export const programsOnly = (files: FileGraph): FileGraph => new Map([...files].filter(([path]) => !isTest(path)))

/** Rooms by the table, where the front of the events belongs to them; `local/services/s3` is one, for example, and so is each folder of `build`. */
export const roomOf = (path: string): string => path === 'src/util/eventbridge-helpers.ts'
  ? 'src/util/events'
  : /^(src\/types|src\/lib\/[^/]+|src\/util\/[^/]+(?=\/)|src\/util|src\/lambdas\/[^/]+|local\/(?:replay|cli)|local\/[^/]+\/[^/]+|[^/]+\/[^/]+(?=\/)|[^/]+)/.exec(path)![0]

/** A package of ours is imported by its name. */
const targetOf = ({specifier, target}: Import): string | undefined => specifier.startsWith('asl-verify') ? 'packages/asl-verify/' : target

/** The rooms that each room imports from, itself left out. */
export const roomGraph = (files: FileGraph): ReadonlyMap<string, ReadonlySet<string>> => {
  const rooms = new Map<string, Set<string>>()
  for (const [path, imports] of files) {
    const from = roomOf(path)
    const targets = rooms.get(from) ?? new Set<string>()
    rooms.set(from, targets)
    imports.map(targetOf).filter((target) => target !== undefined && roomOf(target) !== from).forEach((target) => targets.add(roomOf(target!)))
  }
  return rooms
}
