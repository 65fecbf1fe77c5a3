import {connect} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {attach, targetsAt} from '../../../../test/helpers/cdp'
import {until} from '../../../runtime/engines/test/until'
import {type Inspector, openInspectors} from '../inspector'
import {openLambda, type TestLambda, wired} from './functions'

const behaviour = (version: number) => `
export const handler = async ({ms}, context) => {
  const remaining = context.getRemainingTimeInMillis()
  await new Promise((resolve) => setTimeout(resolve, ms))
  return {version: ${version}, pid: process.pid, remaining, left: context.getRemainingTimeInMillis()}
}
`

interface Answer {
  readonly version: number
  readonly pid: number
  readonly remaining: number
  readonly left: number
}

const quick = wired('Quick', {timeoutSeconds: 1})
let lambda: TestLambda
let inspector: Inspector
const call = async (ms: number): Promise<Answer> => (await lambda.call('Quick', {ms})).value as Answer
const listed = () => until('a sandbox that may be debugged', async () => (await targetsAt(inspector.address)).length > 0 || undefined)

beforeAll(async () => {
  const inspectors = await openInspectors([quick, wired('Other')], [{functionName: 'Quick', port: 0}])
  inspector = inspectors.get('Quick')!
  lambda = openLambda([quick, wired('Other')], {inspectors})
  lambda.build('Quick', behaviour(1))
  void lambda.service.start?.()
})
afterAll(() => lambda.close())

describe('A function that may be debugged', () => {
  it('has a sandbox before its first invocation, listed at its own address', async () => {
    await listed()
    const [target] = await targetsAt(inspector.address)
    expect(target!.webSocketDebuggerUrl).toMatch(`ws://${inspector.address}/`)
    expect(lambda.invocations()).toEqual([])
  })

  it('keeps to its time as long as no debugger is attached, and gets a new sandbox after that', async () => {
    const {value, functionError} = await lambda.call('Quick', {ms: 3000})
    expect([functionError, value]).toEqual(['Unhandled', expect.objectContaining({errorType: 'Sandbox.Timedout'})])
    expect((await call(0)).remaining).toBeLessThanOrEqual(1000)
  })

  it('has all the time it wants while one is attached, even at a breakpoint', async () => {
    const debugging = await attach(inspector.address)
    await debugging.send('Debugger.enable')
    await debugging.send('Debugger.pause')
    const answer = call(0)
    await debugging.next('Debugger.paused')
    await sleep(1500)
    await debugging.send('Debugger.resume')
    expect(await answer).toMatchObject({version: 1})
    const {remaining, left} = await call(1500)
    expect([remaining, left].map((milliseconds) => milliseconds > 3_600_000)).toEqual([true, true])
    await debugging.detach()
  })

  it('continues with the rest of its time when the debugger detaches', async () => {
    const debugging = await attach(inspector.address)
    const answer = call(4000)
    await sleep(1500)
    await debugging.detach()
    const {remaining} = await call(0)
    expect(await answer).toMatchObject({errorType: 'Sandbox.Timedout'})
    expect(remaining).toBeLessThanOrEqual(1000)
    const again = await attach(inspector.address)
    const late = call(1800)
    await sleep(1200)
    await again.detach()
    const {left} = await late
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(1000)
  })

  it('lets the debugger of its last sandbox come first when a new build takes its place', async () => {
    const debugging = await attach(inspector.address)
    const {pid} = await call(0)
    lambda.build('Quick', behaviour(2))
    const answer = call(0)
    await until('the new sandbox', async () => ((await targetsAt(inspector.address).catch(() => [])).length > 0 && !inspector.isHeld()) || undefined)
    const next = await attach(inspector.address)
    await next.send('Debugger.enable')
    await next.send('Debugger.pause')
    await next.send('Runtime.runIfWaitingForDebugger')
    await next.next('Debugger.paused')
    await next.send('Debugger.resume')
    const {version, pid: other} = await answer
    expect([version, other === pid]).toEqual([2, false])
    await next.detach()
    await debugging.detach()
  })

  it('begins without its debugger if that does not come back', async () => {
    const debugging = await attach(inspector.address)
    await call(0)
    lambda.build('Quick', behaviour(3))
    expect(await call(0)).toMatchObject({version: 3})
    await debugging.detach()
  })
})

describe('The address of a function', () => {
  it('takes no request that was meant for another machine', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(inspector.address.split(':')[1]), '127.0.0.1', () => socket.write('GET /json/list HTTP/1.1\r\nHost: evil.example\r\n\r\n'))
      socket.once('data', (chunk: Buffer) => {
        resolve(chunk.toString())
        socket.destroy()
      })
    })
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('is refused for a name that is no function\'s, with the names that are', async () => {
    await expect(openInspectors([quick, wired('Other')], [{functionName: 'Quik', port: 0}])).rejects
      .toThrow('There is no function \'Quik\'. The functions are Other, Quick.')
  })
})
