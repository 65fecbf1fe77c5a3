import {parseArgs} from 'node:util'

export interface Options {
  /** Bytes of the files; the last size is the one that speed is judged at. */
  readonly sizes: readonly number[]
  readonly runs: number
  /** Bytes of the file for chunks, slow sink and parallel files. */
  readonly aside: number
  /** Bytes of the file that goes through the whole system. */
  readonly whole: number
  /** Bytes of the files whose worker is killed. */
  readonly resumed: number
  readonly kills: number
  readonly seed: number
}

/** Bytes of a file to be served, for a transfer by hand. */
export interface Serving {
  readonly serve: number
}

export const usage = `npm run bench:transfer -- [--sizes 64,1024,5120] [--runs 3] [--aside 512] [--whole 5120] [--resumed 1024] [--kills 20] [--seed <number>]
  Sizes are in MiB, of files at least 16: smaller ones have no parts for lib-storage; --resumed at least 128: smaller ones have no ranges.
  A short run: --sizes 64,256 --runs 1 --aside 64 --whole 256 --resumed 128 --kills 3
npm run bench:transfer -- --serve <MiB>
  Serves a file of that size until Ctrl-C, and says its SHA-256`

const [leastSize, leastResumed] = [16, 128]
const mebibytes = (text: string): number => Number(text) * 1024 ** 2
const isNumber = (text: string): boolean => /^[1-9]\d{0,6}$/.test(text)

const definitions = {
  sizes: {type: 'string', default: '64,1024,5120'}, runs: {type: 'string', default: '3'}, aside: {type: 'string', default: '512'},
  whole: {type: 'string', default: '5120'}, resumed: {type: 'string', default: '1024'}, kills: {type: 'string', default: '20'},
  seed: {type: 'string', default: String(Date.now() % 1_000_000)}, serve: {type: 'string'}
} as const

/** The options of a command line, or undefined if it is not understood. */
export const parseOptions = (args: readonly string[]): Options | Serving | undefined => {
  try {
    const {values: {serve, sizes, runs, aside, whole, resumed, kills, seed}} = parseArgs({args: [...args], options: definitions})
    const numbers = [...sizes.split(','), runs, aside, whole, resumed, kills, seed, ...(serve === undefined ? [] : [serve])]
    const isTooSmall = [...sizes.split(','), aside, whole].some((size) => Number(size) < leastSize) || Number(resumed) < leastResumed
    if (!numbers.every(isNumber) || isTooSmall) {
      return undefined
    }
    return serve === undefined
      ? {
          sizes: sizes.split(',').map(mebibytes), runs: Number(runs), aside: mebibytes(aside), whole: mebibytes(whole), resumed: mebibytes(resumed),
          kills: Number(kills), seed: Number(seed)
        }
      : {serve: mebibytes(serve)}
  } catch {
    return undefined
  }
}
