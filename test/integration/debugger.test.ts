import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {decode} from '@jridgewell/sourcemap-codec'
import {requestFile, settledFile} from '../helpers/api'
import {attach, targetsAt} from '../helpers/cdp'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {runStart} from '../helpers/program'
import {eventually, startSystem, type System} from '../helpers/system'

const source = 'src/lambdas/StartFileUpload/src/index.ts'
const timeoutSeconds = 2

interface Place {
  readonly lineNumber: number
  readonly columnNumber: number
}

interface Script {
  readonly scriptId: string
  readonly url: string
  readonly sourceMapURL: string
}

interface Paused {
  readonly hitBreakpoints: readonly string[]
  readonly callFrames: ReadonlyArray<{readonly location: Place & {readonly scriptId: string}}>
}

/** The wiring, but with little time for one function. */
const hurriedWiring = (folder: string): string => {
  const path = join(folder, 'wiring.json')
  const wiring = JSON.parse(readFileSync('local/wiring.json', 'utf8'), (_, value: {function_name?: string}) =>
    value?.function_name === 'StartFileUpload' && 'timeout' in value ? {...value, timeout: timeoutSeconds} : value) as unknown
  writeFileSync(path, JSON.stringify(wiring))
  return path
}

/** Between lines of our source and places in the bundle, by its map, as editors do it. Lines count from 0. */
const mapOf = ({url, sourceMapURL}: Script) => {
  const path = resolve(fileURLToPath(url), '..', sourceMapURL)
  const {sources, mappings} = JSON.parse(readFileSync(path, 'utf8')) as {sources: readonly string[], mappings: string}
  const index = sources.findIndex((each) => resolve(path, '..', each) === resolve(source))
  const segments = decode(mappings).flatMap((line, lineNumber) =>
    line.flatMap(([columnNumber, of, sourceLine]) => of === index ? [{lineNumber, columnNumber, sourceLine: sourceLine!}] : []))
  return {
    placeOf: (line: number): Place => segments.find(({sourceLine}) => sourceLine === line)!,
    lineOf: ({lineNumber, columnNumber}: Place): number =>
      segments.filter((each) => each.lineNumber === lineNumber && each.columnNumber <= columnNumber).at(-1)!.sourceLine
  }
}

describe('npm start -- --inspect StartFileUpload', () => {
  let system: System
  let site: MediaSite
  let folder: string
  const invocations = () => system.lines.filter(({type, functionName}) => type === 'invocation' && functionName === 'StartFileUpload')

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'debugger-'))
    site = await startMediaSite()
    system = await startSystem(['--ephemeral', '--allow-private-sources', '--wiring', hurriedWiring(folder), '--inspect', 'StartFileUpload'])
  })
  afterAll(async () => {
    await system?.stop()
    await site?.close()
    rmSync(folder, {recursive: true})
  })

  it('stops at a breakpoint of our source for longer than the function has time, and then the file comes', async () => {
    const {address} = await eventually('the address of the debugger', () => system.lines.find(({type}) => type === 'inspector')) as unknown as {address: string}
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/)
    await eventually('a sandbox', async () => (await targetsAt(address)).length > 0 || undefined)
    const debugging = await attach(address)
    await debugging.send('Debugger.enable')
    const script = await debugging.next<Script>('Debugger.scriptParsed', ({url}) => url.endsWith('/StartFileUpload/index.mjs'))
    const map = mapOf(script)
    const line = readFileSync(source, 'utf8').split('\n').findIndex((text) => text.includes('parseEvent(\'FileRequested\''))
    const {lineNumber, columnNumber} = map.placeOf(line)
    const {breakpointId} = await debugging.send<{breakpointId: string}>('Debugger.setBreakpointByUrl', {url: script.url, lineNumber, columnNumber})

    const {body: {fileId}} = await requestFile(system, 'ann', site.url('/clip.mp4?job=debugged'))
    const {hitBreakpoints, callFrames} = await debugging.next<Paused>('Debugger.paused')
    expect([hitBreakpoints, callFrames[0]!.location.scriptId, map.lineOf(callFrames[0]!.location)]).toEqual([[breakpointId], script.scriptId, line])
    await sleep((timeoutSeconds + 1.5) * 1000)
    expect(invocations()).toEqual([])

    await debugging.send('Debugger.resume')
    expect(await settledFile(system, 'ann', fileId)).toMatchObject({status: 'Downloaded', error: null})
    expect(invocations()).toHaveLength(1)
    expect(invocations()[0]).toMatchObject({milliseconds: expect.any(Number)})
    expect(invocations()[0]).not.toHaveProperty('error')
    expect(invocations()[0]!['milliseconds']).toBeGreaterThan((timeoutSeconds + 1) * 1000)
    await debugging.detach()
  })

  it('refuses a name that is no function\'s by a sentence that says which there are', async () => {
    const {code, errors} = await runStart('--port', '0', '--ephemeral', '--inspect', 'StartUpload')
    expect(code).toBe(1)
    expect(errors).toMatch(/^There is no function 'StartUpload'\. The functions are CancelFile, .*, WebhookFeedly\.\n$/)
  })
})
