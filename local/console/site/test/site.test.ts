import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {request} from 'node:http'
import type {IncomingHttpHeaders} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gunzipSync, gzipSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Service} from '../../../runtime/core/types'
import {serve, type Served} from '../../../runtime/engines/test/serve'
import {createConsoleSite} from '../site'

const folder = mkdtempSync(join(tmpdir(), 'site-'))
let served: Served

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>T</title>')
  writeFileSync(join(folder, 'main-AB12.js'), 'run()')
  writeFileSync(join(folder, 'main-AB12.js.gz'), gzipSync('run()'))
  const api: Service = {signingName: 'execute-api', handle: (_request, response) => { response.end('api') }}
  served = await serve([], api, [createConsoleSite(folder, () => served.address)])
})
afterAll(async () => {
  await served.close()
  rmSync(folder, {recursive: true})
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{status: number | undefined, headers: IncomingHttpHeaders, body: Buffer}> =>
  new Promise((resolve, reject) => {
    const {port, host} = new URL(served.address)
    request({port, host: '127.0.0.1', path, method, headers: {host, ...headers}}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve({status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks)}))
    }).on('error', reject).end()
  })

describe('The console\'s site', () => {
  it('lets the page load nothing from elsewhere, run no script of its own text, and be framed by no one', async () => {
    const {status, headers, body} = await get('/')
    expect([status, body.toString(), headers['cache-control']]).toEqual([200, '<!doctype html><title>T</title>', 'no-cache'])
    expect(headers['content-security-policy']).toBe('default-src \'none\'; script-src \'self\'; style-src \'self\'; img-src \'self\' data:; font-src \'self\'; media-src \'self\'; '
      + 'connect-src \'self\'; manifest-src \'self\'; base-uri \'none\'; form-action \'none\'; frame-ancestors \'none\'')
    expect(headers).toMatchObject({'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin'})
  })

  it('sends parts compressed to who takes that, to be kept', async () => {
    const zipped = await get('/_console/main-AB12.js', {'accept-encoding': 'gzip, br'})
    expect([zipped.headers['content-encoding'], zipped.headers['content-type'], gunzipSync(zipped.body).toString()]).toEqual(['gzip', 'text/javascript; charset=utf-8', 'run()'])
    const plain = await get('/_console/main-AB12.js')
    expect([plain.headers['content-encoding'], plain.headers['cache-control'], plain.body.toString()]).toEqual([undefined, 'public, max-age=31536000, immutable', 'run()'])
  })

  it.each(['/_console/', '/_console/..%2fpackage.json', '/_console/%2e%2e%2fpackage.json', '/_console/.inputs.json', '/_console/none.js'])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('sends the other names of this machine to its address, for links begin with that', async () => {
    const {port} = new URL(served.address)
    const {status, headers} = await get('/', {host: `localhost:${port}`})
    expect([status, headers.location]).toEqual([302, `${served.address}/`])
  })

  it('is not there by a name that is not of this machine', async () => {
    expect((await get('/', {host: 'evil.example'})).status).toBe(403)
  })

  it('is only read', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(405)
  })

  it('says how to build it where it is not', async () => {
    rmSync(join(folder, 'index.html'))
    const {status, body} = await get('/')
    expect([status, body.toString()]).toEqual([404, expect.stringContaining('npm run build')])
  })
})
