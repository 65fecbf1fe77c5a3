import {describeError} from '../../../shared/errors'
import type {Call} from '../call'
import {neededFor} from './needed'
import type {Place} from '../../../shared/wiring/place'
import type {Needed} from './rest'

/** What the calls of a run needed by IAM, each need once. */
export interface Recording {
  take: (service: string, call: Call) => void
  needed: () => readonly Needed[]
  /** Sentences about calls of which nothing is known. */
  unknown: () => readonly string[]
}

/** Writes down what each call needs, as it comes. */
export const createRecording = (place: Place): Recording => {
  const all = new Map<string, Needed>()
  const unknown = new Set<string>()
  return {
    take: (service, call) => {
      try {
        neededFor(service, call, place).forEach((each) => all.set(`${each.action} ${each.resource}`, each))
      } catch (error) {
        unknown.add(describeError(error))
      }
    },
    needed: () => [...all.values()],
    unknown: () => [...unknown].sort()
  }
}
