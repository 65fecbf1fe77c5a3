import {parseArgs} from 'node:util'

export interface Options {
  /** Bytes of the files; the last size is the one that speed is judged at. */
  readonly sizes: readonly number[]
  readonly runs: number
  /** Bytes of the file for chunks, slow sink and parallel files. */
  readonly aside: number
  /** Bytes of the file whose worker is killed. */
  readonly resumed: number
  readonly kills: number
  readonly seed: number
}

export const usage = `npm run bench:transfer -- [--sizes 64,1024,5120] [--runs 3] [--aside 512] [--resumed 1024] [--kills 20] [--seed <number>]
  Sizes are in MiB. A short run: --sizes 64,256 --runs 1 --aside 64 --resumed 64 --kills 3`

const mebibytes = (text: string): number => Number(text) * 1024 ** 2

/** The options of a command line, or undefined where it is not understood. */
export const parseOptions = (args: readonly string[]): Options | undefined => {
  try {
    const {values} = parseArgs({args: [...args], options: {
      sizes: {type: 'string', default: '64,1024,5120'}, runs: {type: 'string', default: '3'}, aside: {type: 'string', default: '512'},
      resumed: {type: 'string', default: '1024'}, kills: {type: 'string', default: '20'}, seed: {type: 'string', default: String(Date.now() % 1_000_000)}
    }})
    const numbers = [...values.sizes.split(','), values.runs, values.aside, values.resumed, values.kills, values.seed]
    if (!numbers.every((text) => /^[1-9]\d{0,6}$/.test(text))) {
      return undefined
    }
    return {
      sizes: values.sizes.split(',').map(mebibytes), runs: Number(values.runs), aside: mebibytes(values.aside),
      resumed: mebibytes(values.resumed), kills: Number(values.kills), seed: Number(values.seed)
    }
  } catch {
    return undefined
  }
}
