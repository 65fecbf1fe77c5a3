import {mkdtempSync, rmSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {announce} from '../../shared/running-stack'
import {clientOptions, readTarget} from '../program/target'

let data: string
beforeEach(() => { data = mkdtempSync(join(tmpdir(), 'target-')) })
afterEach(() => rmSync(data, {recursive: true, force: true}))

const asked = (more: Partial<Parameters<typeof readTarget>[0]> = {}) =>
  ({suffix: '', endpoint: undefined, aws: false, region: undefined, profile: undefined, data, ...more})

/** A stack that answers on loopback as the embedded one does. */
const withStack = async (work: (address: string) => Promise<void>): Promise<void> => {
  const server = createServer((_, response) => response.end('{}'))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

describe('readTarget', () => {
  it('is the local stack that runs, and none once it is gone', async () => {
    await withStack(async (address) => {
      const withdraw = announce(address, data)
      expect(await readTarget(asked(), {})).toEqual({suffix: '', data, region: 'us-west-2', endpoint: address})
      withdraw()
      await expect(readTarget(asked(), {})).rejects.toThrow('No local stack runs. Start it with npm start, or give --aws')
      announce(address, data)
    })
    await expect(readTarget(asked(), {})).rejects.toThrow('No local stack runs')
  })

  it('leaves the word to the stack that said first where it runs', () => {
    const withdraw = announce('http://127.0.0.1:1', data)
    announce('http://127.0.0.1:2', data)()
    expect(() => withdraw()).not.toThrow()
  })

  it('is AWS with --aws alone, in the Region that is said', async () => {
    expect(await readTarget(asked({aws: true, suffix: '-Dev'}), {AWS_REGION: 'eu-central-1'})).toEqual({suffix: '-Dev', data, region: 'eu-central-1'})
    expect(await readTarget(asked({aws: true, region: 'eu-west-1'}), {AWS_REGION: 'eu-central-1'})).toMatchObject({region: 'eu-west-1'})
    expect(clientOptions(await readTarget(asked({aws: true}), {}))).toEqual({})
  })

  it('takes AWS_ENDPOINT_URL on this machine for an endpoint', async () => {
    expect(await readTarget(asked(), {AWS_ENDPOINT_URL: 'http://localhost:4566'})).toMatchObject({endpoint: 'http://localhost:4566'})
  })

  it('takes the profile for the clients\' own', async () => {
    const env: NodeJS.ProcessEnv = {}
    await readTarget(asked({aws: true, profile: 'prod'}), env)
    expect(env).toEqual({AWS_PROFILE: 'prod'})
  })

  it.each([
    ['two places', asked({aws: true, endpoint: 'http://127.0.0.1:1'}), {}, 'Expected --aws or --endpoint; got both.'],
    ['an endpoint of AWS without --aws', asked({endpoint: 'https://sqs.us-west-2.amazonaws.com'}), {}, 'is AWS itself. Give --aws'],
    ['one that is no URL', asked({endpoint: 'here'}), {}, 'Expected --endpoint to be an http or https URL; got \'here\'.'],
    ['a variable that leads elsewhere', asked(), {AWS_ENDPOINT_URL: 'https://sqs.us-west-2.amazonaws.com'}, 'is not on this machine. Give --aws']
  ])('refuses %s', async (_, options, env, message) => {
    await expect(readTarget(options, env)).rejects.toMatchObject({name: 'UsageError', message: expect.stringContaining(message)})
  })
})
