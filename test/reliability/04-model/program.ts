import type {Fault} from '../../../local/lab/faults/fault'
import type {World} from '../world/world'
import type {Lockstep} from './lockstep'

/** The reference: who asked for what, and which sources are gone. All that a user may rely on follows from it. */
export interface Model {
  /** Users who asked, by file, and whether each had a device by then. */
  readonly askers: Map<number, Map<number, boolean>>
  /** Users who have a device. */
  readonly devices: Set<number>
  /** Files whose source is gone permanently. */
  readonly gone: Set<number>
  /** Files whose download a user ended, and that no one has asked for since. */
  readonly cancelled: Set<number>
  /** Who withdrew from which file, as `<user> <file>`; what they heard before that is not checked. */
  readonly withdrawn: Set<string>
  /** Faults that may make a push come twice. */
  pushFaults: number
}

export const users = [0, 1] as const
export const files = [0, 1, 2] as const

/** One program's part of a system that many share: its own users, files and faults. */
export interface Program {
  readonly world: World
  readonly lockstep: Lockstep
  user: (index: number) => string
  fileName: (index: number) => string
  fileId: (index: number) => string
  add: (fault: Omit<Fault, 'about'>) => void
}

export const newModel = (): Model => ({
  askers: new Map(), devices: new Set(), gone: new Set(), cancelled: new Set(), withdrawn: new Set(), pushFaults: 0
})

export const openProgram = (world: World, lockstep: Lockstep, id: string): Program => {
  const user = (index: number): string => `user-${id}-${index}`
  const fileName = (index: number): string => `${id}-${index}.mp4`
  const fileId = (index: number): string => world.fileIdOf(fileName(index))
  const about = [...users.map(user), ...files.map(fileId)]
  return {world, lockstep, user, fileName, fileId, add: (fault) => { world.system.runtime.faults.add([{...fault, about}]) }}
}
