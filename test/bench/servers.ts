import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import pLimit from 'p-limit'
import {table} from '../../shared/table'
import {startSystem} from '../helpers/system'
import {serverCases} from './servers/cases'
import {type Measured, measure} from './servers/measure'
import {freePort, isInstalled, type Placed, startServers, stopServers, writeFilm} from './servers/nginx'
import {type Options, parseOptions, usage} from './servers/options'

const mebibyte = 1024 ** 2

const placedOf = async (folder: string, {rate, words}: Options): Promise<Placed[]> => {
  const chosen = serverCases.filter(({name, program}) =>
    (words.length === 0 || words.some((word) => name.includes(word))) && (program === undefined || isInstalled(program)))
  const port = await freePort()
  const originPort = await freePort()
  return chosen.map((served, index) => ({
    served,
    places: {
      address: `127.0.2.${2 + index}`, port, origin: `127.0.3.${2 + index}:${originPort}`, folder: join(folder, `case-${index}`), id: String(index), rate
    }
  }))
}

const rowOf = ({name, what, seconds, stream, idle, requests, refused, sent, target, isMet}: Measured): string[] =>
  [`${name}: ${what}`, seconds.toFixed(1), stream.toFixed(1), idle.toFixed(1), String(requests), String(refused), sent.toFixed(2), target, isMet ? 'met' : 'NOT MET']

const failed = (name: string, error: unknown): Measured => {
  console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  return {name, what: 'failed', seconds: NaN, stream: NaN, idle: NaN, requests: 0, refused: 0, sent: NaN, target: '', isMet: false}
}

const measureAll = async (folder: string, options: Options): Promise<Measured[]> => {
  const size = options.mebibytes * mebibyte
  writeFilm(folder, size)
  const placed = await placedOf(folder, options)
  await startServers(folder, placed)
  const system = await startSystem(['--ephemeral', '--allow-private-sources'])
  const limit = pLimit(options.abreast)
  const say = (line: Measured): void => console.error(rowOf(line).join('  '))
  try {
    const measured = await Promise.all(placed.map((each) =>
      limit(() => measure(system, each, size, say).catch((error: unknown) => [failed(each.served.name, error)]))))
    return measured.flat()
  } finally {
    await system.stop()
  }
}

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  if (!isInstalled('nginx')) {
    console.error('nginx is not installed: this program measures with it (Debian: apt-get install nginx-light).')
    return 3
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-servers-'))
  try {
    const measured = await measureAll(folder, options)
    console.log(table(['server', 'seconds', 'one stream', 'idle', 'requests', 'refused', 'sent ×', 'target', ''], measured.map(rowOf)))
    return measured.every(({isMet}) => isMet) ? 0 : 1
  } finally {
    stopServers()
    rmSync(folder, {recursive: true, force: true})
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return error instanceof TypeError ? 2 : 1
})
