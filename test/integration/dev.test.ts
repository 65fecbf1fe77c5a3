import {readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {type DevTree, startDevTree} from '../helpers/dev-tree'
import {eventually} from '../helpers/system'

const listFiles = 'src/lambdas/ListFiles/src/index.ts'
const original = readFileSync(listFiles, 'utf8')
const saying = (what: string) => (text: string): string => `${text}console.log('${what}')\n`

describe('npm run dev', () => {
  let dev: DevTree
  const list = () => fetch(`${dev.address}/files`)
  const register = () => fetch(`${dev.address}/devices/phone`, {method: 'PUT', body: JSON.stringify({platform: 'APNS', token: 'any'})})
  const invocations = (name: string) => dev.lines.filter(({type, functionName}) => type === 'invocation' && functionName === name)
  const hasSaid = (what: string) => dev.lines.some(({type, line}) => type === 'log' && line === what) || undefined
  const runsNew = (what: string) => eventually(`${what} to run`, async () => {
    expect((await list()).status).toBe(200)
    return hasSaid(what)
  })

  beforeAll(async () => {
    dev = await startDevTree()
    await Promise.all([list(), register()])
  }, 90_000)
  afterAll(() => dev?.remove())

  it('runs a function\'s new code soon after it was saved, and leaves the other functions warm', async () => {
    dev.edit(listFiles, saying('edit one'))
    await runsNew('edit one')
    expect(dev.built.some((line) => /^Built ListFiles in \d+ ms$/.test(line))).toBe(true)
    await register()
    await eventually('two invocations', () => invocations('RegisterDevice').length === 2 || undefined)
    expect(invocations('RegisterDevice').map((each) => 'initMilliseconds' in each)).toEqual([true, false])
  })

  it('builds each function that a shared module is part of, and no other', async () => {
    dev.edit('src/util/http-api.ts', saying('edit two'))
    await runsNew('edit two')
    const built = dev.built.findLast((line) => line.startsWith('Built'))!
    expect(built).toMatch(/\bListFiles, RegisterDevice, RequestFile\b/)
    expect(built).not.toMatch(/TransferFile/)
  })

  it('says where a save does not compile, and keeps what ran before', async () => {
    dev.edit(listFiles, () => `${original}const = 1\n`)
    const lines = original.split('\n').length
    await eventually('the error', () => dev.built.find((line) => line.startsWith(`${listFiles}:${lines}:7: error: `)))
    expect((await list()).status).toBe(200)
    dev.edit(listFiles, () => saying('edit three')(original))
    await runsNew('edit three')
  })

  it('lets an invocation that is under way end with the code that it began with', async () => {
    const slow = original.replace('const listFiles = async (event: ApiEvent): Promise<ApiResult> => {',
      '$&\n  await new Promise((resolve) => setTimeout(resolve, 2500))\n  console.log(\'slow end\')')
    expect(slow).not.toBe(original)
    dev.edit(listFiles, () => saying('edit four')(slow))
    await runsNew('edit four')
    const before = dev.lines.filter(({line}) => line === 'slow end').length
    const answer = list()
    await sleep(300)
    dev.edit(listFiles, () => saying('edit five')(original))
    await runsNew('edit five')
    expect(dev.lines.filter(({line}) => line === 'slow end')).toHaveLength(before)
    expect((await answer).status).toBe(200)
    expect(dev.lines.filter(({line}) => line === 'slow end')).toHaveLength(before + 1)
  })

  it('serves the console as it was saved last', async () => {
    const page = async () => (await fetch(`${dev.address}/`)).text()
    const before = await page()
    dev.edit('local/console/app/main.tsx', saying('console edit'))
    const after = await eventually('another page', async () => {
      const now = await page()
      return now === before ? undefined : now
    })
    const script = /src="(\/_console\/main-[^"]+)"/.exec(after)![1]!
    expect(await (await fetch(dev.address + script)).text()).toContain('console edit')
  })

  it('ends by Ctrl-C, and the runtime with it', async () => {
    expect(await dev.interrupt()).toBe(0)
    await expect(list()).rejects.toThrow()
  })
})
