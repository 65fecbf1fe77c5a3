import {unlessNamed} from '../aws-errors'

/** Result of a conditional write, or undefined if its condition did not hold; every other error is thrown on. */
export const unlessRefused = <T>(write: Promise<T>): Promise<T | undefined> => unlessNamed('ConditionalCheckFailedException', write)
