import fc from 'fast-check'
import type {Context} from '../proof'

/** Runs a property on hostile values; throws with the smallest one that breaks it. */
export type Fuzz = <T>(name: string, values: fc.Arbitrary<T>, property: (value: T) => Promise<void> | void, runs?: number) => Promise<void>

const runs = {short: 1_000, long: 20_000}

/** A fuzzer by the proof's seed, and the count of its runs. */
export const createFuzz = ({seed, long, progress}: Context): {readonly fuzz: Fuzz, readonly count: () => number} => {
  let count = 0
  return {
    count: () => count,
    fuzz: async (name, values, property, share = 1) => {
      const numRuns = Math.ceil((long ? runs.long : runs.short) * share)
      await fc.assert(fc.asyncProperty(values, async (value) => {
        count += 1
        await property(value)
      }), {seed, numRuns, endOnFailure: false, includeErrorInReport: true}).catch((error: unknown) => {
        throw new Error(`Expected ${name} to take any input: ${(error as Error).message}`, {cause: error})
      })
      progress(`${name}: ${numRuns} inputs`)
    }
  }
}
