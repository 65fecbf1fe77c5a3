import {parseArgs} from 'node:util'

export const usage = `npm run bench:servers -- [options] [words of a case's name …]
  Fetches films from real servers through the embedded runtime: from nginx that limits its clients, and from caches (nginx, and Varnish
  and Squid where they are installed) that do not have the film yet. Limits: the time beside that of one stream of the same server,
  for a first file, a second one, and two at once. Caches: what their origin had to send, beside the size of the film.
  --mebibytes N    of the film (160)
  --rate N         MiB a second that a server gives a connection (5)
  --abreast N      cases at a time (2)
exit code: 0 all targets met, 1 not, 2 wrong usage, 3 nginx is not installed`

export interface Options {
  readonly mebibytes: number
  readonly rate: number
  readonly abreast: number
  /** Cases whose name has one of these; all without any. */
  readonly words: readonly string[]
}

const options = {
  mebibytes: {type: 'string', default: '160'}, rate: {type: 'string', default: '5'}, abreast: {type: 'string', default: '2'},
  help: {type: 'boolean', default: false}
} as const

const positive = (name: string, text: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new TypeError(`Expected --${name} to be a whole number from 1 on; got '${text}'.`)
  }
  return Number(text)
}

/** What the command line says. Throws what is wrong with it. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const {values, positionals} = parseArgs({args: [...args], options, strict: true, allowPositionals: true})
  return values.help
    ? 'help'
    : {
        mebibytes: positive('mebibytes', values.mebibytes), rate: positive('rate', values.rate), abreast: positive('abreast', values.abreast), words: positionals
      }
}
