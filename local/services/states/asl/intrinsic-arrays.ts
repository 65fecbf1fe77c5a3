import {isDeepStrictEqual} from 'node:util'
import {arrayAt, checkCount, integerAt, type Intrinsic} from './intrinsic-arguments'

const LONGEST_RANGE = 1000

const partition: Intrinsic = (args) => {
  const items = arrayAt(args, 0)
  const size = integerAt(args, 1, 1)
  return Array.from({length: Math.ceil(items.length / size)}, (_, chunk) => items.slice(chunk * size, (chunk + 1) * size))
}

const range: Intrinsic = (args) => {
  checkCount(args, 3)
  const [first, last, step] = [integerAt(args, 0), integerAt(args, 1), integerAt(args, 2)]
  const length = step === 0 ? Number.NaN : Math.floor((last - first) / step) + 1
  if (Number.isNaN(length) || length > LONGEST_RANGE) {
    throw new Error(`a range has a step other than 0 and at most ${LONGEST_RANGE} items`)
  }
  return Array.from({length: Math.max(0, length)}, (_, index) => first + index * step)
}

const getItem: Intrinsic = (args) => {
  const items = arrayAt(args, 0)
  const index = integerAt(args, 1, 0)
  if (index >= items.length) {
    throw new Error(`the index ${index} is beyond the array's ${items.length} items`)
  }
  return items[index]
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html: the functions on arrays. */
export const arrayFunctions: Readonly<Record<string, Intrinsic>> = {
  'States.Array': (args) => [...args],
  'States.ArrayPartition': partition,
  'States.ArrayContains': (args) => {
    checkCount(args, 2)
    return arrayAt(args, 0).some((item) => isDeepStrictEqual(item, args[1]))
  },
  'States.ArrayRange': range,
  'States.ArrayGetItem': getItem,
  'States.ArrayLength': (args) => arrayAt(args, 0).length,
  'States.ArrayUnique': (args) => {
    const items = arrayAt(args, 0)
    return items.filter((item, index) => items.findIndex((other) => isDeepStrictEqual(other, item)) === index)
  }
}
