import type {Fault} from './fault'
import type {Faults, Occasion} from './faults'
import {createRefusal} from './refusal'

const failed = ({at}: Occasion, {effect}: Fault): Error =>
  effect === 'throttle' || effect === 'error' ? createRefusal(at.split('.')[0]!, effect) : new Error(`The connection of ${at} broke: the fault '${effect}' was asked for.`)

/** A call of one engine by another, which crosses no wire. Throws what the caller would see of a fault. */
export const struck = <T>(faults: Faults, occasion: Occasion, call: () => T): T => {
  const fault = faults.strike(occasion)
  if (fault !== undefined && fault.effect !== 'timeout') {
    throw failed(occasion, fault)
  }
  const result = call()
  if (fault !== undefined) {
    throw failed(occasion, fault)
  }
  return result
}

/** The same for a call that takes its time. */
export const struckLater = async <T>(faults: Faults, occasion: Occasion, call: () => Promise<T>): Promise<T> => {
  const fault = faults.strike(occasion)
  if (fault !== undefined && fault.effect !== 'timeout') {
    throw failed(occasion, fault)
  }
  const result = await call()
  if (fault !== undefined) {
    throw failed(occasion, fault)
  }
  return result
}
