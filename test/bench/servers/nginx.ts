import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {chmodSync, closeSync, linkSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {syntheticBytes} from '../../helpers/media/synthetic'
import type {Places, ServerCase} from './case'

/** One request as nginx logs it. */
export interface Logged {
  /** Seconds since 1970, at its end. */
  readonly at: number
  /** Seconds that it took. */
  readonly took: number
  readonly status: number
  readonly bytes: number
  readonly range: string
}

export const isInstalled = (program: string): boolean => !spawnSync(program, ['-v']).error

export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer()
  server.once('error', reject)
  server.listen(0, '0.0.0.0', () => {
    const {port} = server.address() as {port: number}
    server.close(() => resolve(port))
  })
})

export const films = ['a', 'b', 'c', 'd']

/** Writes a film of `size` bytes; nginx gives it under several names. */
export const writeFilm = (folder: string, size: number): void => {
  mkdirSync(join(folder, 'films'), {recursive: true})
  const path = join(folder, 'films', 'stream.mp4')
  const file = openSync(path, 'w')
  for (const slice of syntheticBytes('mp4', 0, size, 1_048_576)) {
    writeSync(file, slice)
  }
  closeSync(file)
  films.forEach((name) => linkSync(path, join(folder, 'films', `${name}.mp4`)))
}

export interface Placed {
  readonly served: ServerCase
  readonly places: Places
}

const originServer = ({places: {origin, rate, folder}}: Placed): string =>
  `server { listen ${origin}; access_log ${folder}/origin.log bench; limit_rate ${rate}m; }`

const frontServer = ({served, places}: Placed): string => served.program === undefined
  ? `${served.http?.(places) ?? ''}\nserver { listen ${places.address}:${places.port}; access_log ${places.folder}/front.log bench; ${served.server(places)} }`
  : ''

const configOf = (folder: string, placed: readonly Placed[]): string => `
daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log crit; worker_rlimit_nofile 4096;
events { worker_connections 1024; }
http {
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  types { video/mp4 mp4; }
  log_format bench '$msec $request_time $status $body_bytes_sent "$http_range"';
  root ${folder}/films;
  ${placed.flatMap((each) => [each.served.kind === 'cache' ? originServer(each) : '', frontServer(each)]).join('\n  ')}
}
`

const quietVcl = ({origin}: Places): string => `vcl 4.1;
backend default { .host = "${origin.split(':')[0]}"; .port = "${origin.split(':')[1]}"; }
sub vcl_deliver { unset resp.http.Via; unset resp.http.X-Varnish; unset resp.http.Age; }
`

const squidConf = ({address, port, origin: text, folder}: Places, isQuiet: boolean): string => {
  const [host, originPort] = text.split(':')
  return `http_port ${address}:${port} accel defaultsite=${host}
cache_peer ${host} parent ${originPort} 0 no-query originserver
http_access allow all
cache_mem 1 GB
maximum_object_size 4 GB
maximum_object_size_in_memory 1 GB
pid_filename ${folder}/squid.pid
access_log none
cache_log ${folder}/squid.log
coredump_dir ${folder}
shutdown_lifetime 0 seconds
${isQuiet ? 'via off\nreply_header_access X-Cache deny all\nreply_header_access X-Cache-Lookup deny all\nreply_header_access Age deny all\nreply_header_access Cache-Status deny all\nreply_header_access Via deny all' : ''}
`
}

const started: ChildProcess[] = []

const start = (program: string, args: readonly string[]): void => {
  const child = spawn(program, args, {stdio: 'ignore'})
  started.push(child)
}

/** Starts nginx with all cases' servers, and the other programs. */
export const startServers = async (folder: string, placed: readonly Placed[]): Promise<void> => {
  for (const {served, places} of placed) {
    mkdirSync(places.folder, {recursive: true})
    // Varnish and Squid give up the rights of root.
    chmodSync(places.folder, 0o777)
    writeFileSync(join(places.folder, 'quiet.vcl'), quietVcl(places))
    writeFileSync(join(places.folder, 'squid.conf'), squidConf(places, served.name.includes('no header')))
  }
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'nginx.conf'), configOf(folder, placed))
  start('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')])
  placed.forEach(({served: {program, server}, places}) => program && start(program, server(places).split(' ')))
}

export const stopServers = (): void => started.forEach((child) => void child.kill('SIGTERM'))

/** What a log has from a line on. */
export const logged = (path: string, from = 0): Logged[] => {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return []
  }
  return text.split('\n').filter((line) => line !== '').slice(from).map((line) => {
    const [, at, took, status, bytes, range = ''] = /^(\S+) (\S+) (\d+) (\d+) "(.*)"$/.exec(line) ?? []
    return {at: Number(at), took: Number(took), status: Number(status), bytes: Number(bytes), range}
  })
}
