import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import type {Command} from '../command'
import {address, type Applied, handOver, moveFromOldAddress, oldAddress} from '../handover'

/** As either tool writes it: `terraform_data` is of the tool itself, whatever the provider's address. */
const state = (provider: string): string => JSON.stringify({resources: [
  {provider: `module.Api.provider["${provider}"]`}, {provider: `provider["${provider}"]`}, {provider: 'provider["terraform.io/builtin/terraform"]'}
]}, null, 2)
const change = {address: 'aws_sqs_queue.One', type: 'aws_sqs_queue', change: {actions: ['update'], before: {name: 'a'}, after: {name: 'b'}, after_unknown: {}}}

describe('a state that goes from one tool to the other', () => {
  let folder = ''
  let calls: string[] = []
  let provider = address
  let plan: unknown = {}
  const terraform = {kind: 'Terraform', version: '1.11.4', program: 'terraform'} as const
  const tofu = {kind: 'OpenTofu', version: '1.12.6', program: 'tofu'} as const
  const applied = (): Applied => ({folder, mirror: ['-plugin-dir=mirror'], variables: [], say: () => undefined})
  const lock = (text: string): void => writeFileSync(join(folder, '.terraform.lock.hcl'), text)
  const command = (name: string, does: (args: readonly string[]) => void = () => undefined): Command => async (...args) => {
    calls.push(`${name} ${args.filter((arg) => arg !== '-no-color').join(' ')}`)
    does(args)
    provider = args[1] === 'replace-provider' ? args.at(-1)! : provider
    return args[0] === 'show' ? JSON.stringify(plan) : args[1] === 'pull' ? state(provider) : ''
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'handover-'))
    lock('as it was')
    calls = []
    provider = address
    plan = {}
  })

  afterEach(() => rmSync(folder, {recursive: true}))

  it('is planned and applied by the other, then by the first, with the lock file as it is', async () => {
    expect(await handOver({tool: terraform, command: command('terraform')}, {tool: tofu, command: command('tofu')}, applied())).toEqual([])
    const once = (name: string): string[] => [
      `${name} init -backend=false -lockfile=readonly -plugin-dir=mirror`, `${name} plan -out=again.tfplan`, `${name} show -json again.tfplan`,
      `${name} apply -auto-approve`, `${name} state pull`
    ]
    expect(calls).toEqual([...once('tofu'), ...once('terraform')])
  })

  it('is reported where a tool would change it, the lock file or the addresses', async () => {
    plan = {resource_changes: [change]}
    provider = oldAddress
    const problems = await handOver({tool: terraform, command: command('terraform')}, {tool: tofu, command: command('tofu', () => lock('another'))}, applied())
    expect(problems.slice(0, 3)).toEqual([
      'After OpenTofu 1.12.6 took over: The second plan still changes aws_sqs_queue.One: name.',
      'OpenTofu 1.12.6 changed the lock file:\nanother',
      `OpenTofu 1.12.6 left ${oldAddress} as addresses of providers in the state.`
    ])
    expect(problems).toHaveLength(6)
  })

  it('gets the address of today by the recipe that the documents give', async () => {
    expect(await moveFromOldAddress({tool: tofu, command: command('tofu')}, applied())).toEqual([])
    expect(calls.filter((call) => call.includes('replace-provider'))).toEqual([
      `tofu state replace-provider -auto-approve ${address} ${oldAddress}`, `tofu state replace-provider -auto-approve ${oldAddress} ${address}`
    ])
    plan = {resource_changes: [change]}
    expect(await moveFromOldAddress({tool: tofu, command: command('tofu')}, applied())).toEqual(['After state replace-provider: The second plan still changes aws_sqs_queue.One: name.'])
  })
})
