import {createHash} from 'node:crypto'
import {checkCount, integerAt, type Intrinsic, objectAt, textAt} from './intrinsic-arguments'
import {arrayFunctions} from './intrinsic-arrays'

const MAX_CHARACTERS = 10_000
const algorithms: Readonly<Record<string, string>> = {MD5: 'md5', 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512'}

const format: Intrinsic = (args, _scope, raw) => {
  const [template = '', ...values] = [raw ?? textAt(args, 0), ...args.slice(1)]
  const pieces = String(template).split(/(?<!\\)\{\}/)
  if (pieces.length !== values.length + 1) {
    throw new Error(`the template has ${pieces.length - 1} places for ${values.length} values`)
  }
  const written = values.map((value) => typeof value === 'string' ? value : JSON.stringify(value))
  return pieces.map((piece, index) => piece.replaceAll(/\\([{}])/g, '$1') + (written[index] ?? '')).join('')
}

const split: Intrinsic = (args) => {
  checkCount(args, 2)
  const separators = new Set(textAt(args, 1))
  const words = ['']
  for (const character of textAt(args, 0)) {
    if (separators.has(character)) {
      words.push('')
    } else {
      words[words.length - 1] += character
    }
  }
  return words.filter((word) => word !== '')
}

const hash: Intrinsic = (args) => {
  checkCount(args, 2)
  const algorithm = algorithms[textAt(args, 1)]
  if (algorithm === undefined) {
    throw new Error(`argument 2 must be one of ${Object.keys(algorithms).join(', ')}`)
  }
  return createHash(algorithm).update(typeof args[0] === 'string' ? textAt(args, 0, MAX_CHARACTERS) : JSON.stringify(args[0])).digest('hex')
}

/** A seed gives the same number each time, as on AWS; which one is not documented. */
const random: Intrinsic = (args, scope) => {
  checkCount(args, 2, 3)
  const [from, to] = [integerAt(args, 0), integerAt(args, 1)]
  const share = args[2] === undefined ? scope.random() : createHash('sha256').update(String(integerAt(args, 2))).digest().readUInt32BE() / 2 ** 32
  return from + Math.floor(share * Math.max(1, to - from))
}

const merge: Intrinsic = (args) => {
  checkCount(args, 3)
  if (args[2] !== false) {
    throw new Error('only shallow merging is supported: argument 3 must be false')
  }
  return {...objectAt(args, 0), ...objectAt(args, 1)}
}

/** Every intrinsic function by name: https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map(Object.entries<Intrinsic>({
  ...arrayFunctions,
  'States.Format': format,
  'States.StringToJson': (args) => textAt(args, 0) === '' ? null : JSON.parse(textAt(args, 0)) as unknown,
  'States.JsonToString': (args) => JSON.stringify(args[0]),
  'States.StringSplit': split,
  'States.Base64Encode': (args) => Buffer.from(textAt(args, 0, MAX_CHARACTERS)).toString('base64'),
  'States.Base64Decode': (args) => Buffer.from(textAt(args, 0, MAX_CHARACTERS), 'base64').toString('utf8'),
  'States.Hash': hash,
  'States.JsonMerge': merge,
  'States.MathRandom': random,
  'States.MathAdd': (args) => integerAt(args, 0) + integerAt(args, 1),
  'States.UUID': (_args, scope) => scope.newId()
}))
