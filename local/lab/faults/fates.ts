import type {Faults} from './faults'

/** After how many milliseconds each copy of a delivery arrives: one at once, unless a fault strikes it. */
export const decideFates = (faults: Faults, targetArn: string, payload: string): readonly number[] => {
  const fault = faults.strike({at: `deliver.${targetArn.split(/[:/]/).at(-1)}`, text: payload})
  const milliseconds = (fault?.seconds ?? 60) * 1000
  switch (fault?.effect) {
    case 'drop': return []
    case 'duplicate': return [0, fault.seconds === undefined ? 0 : milliseconds]
    case 'delay': return [milliseconds]
    // What comes later overtakes it, or not.
    case 'reorder': return [Math.floor(faults.random() * milliseconds)]
    default: return [0]
  }
}
