import {describe, expect, it} from '@jest/globals'
import {runProgramIn} from '../../test/helpers/program'

/** Where no one answers, so that no test depends on the machine's credentials. */
const nobody = {AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', STATE_BUCKET: ''}
const ops = (...args: readonly string[]) => runProgramIn(nobody, 'ops/main.ts', ...args)

describe('npm run ops', () => {
  it.each([
    [['toString'], 'There is no command \'toString\''], [['stack', 'plan', '../dev'], 'There is no terraform/environments/../dev.tfvars; the environments are dev, prod.'],
    [['secret', 'set', 'dev', 'apns', '--file', 'nowhere.json'], 'nowhere.json cannot be read']
  ])('refuses %j with one sentence and 2', async (args, sentence) => {
    const {code, errors} = await ops(...args)
    expect({code, errors: errors.trim().split('\n')}).toEqual({code: 2, errors: [expect.stringContaining(sentence)]})
  }, 60_000)

  it.each([[['-h']], [['secret', '--help']]])('explains itself for %j', async (args) => {
    const {code, lines} = await ops(...args)
    expect({code, first: lines[0]}).toEqual({code: 0, first: expect.stringMatching(/^Usage: npm run ops -- /)})
  }, 60_000)

  it('says what AWS said, without a stack trace, and 1', async () => {
    const {code, errors} = await ops('stack', 'plan', 'dev')
    expect({code, errors: errors.trim().split('\n')}).toEqual({code: 1, errors: [expect.stringMatching(/^AWS does not say whose account this is/)]})
  }, 60_000)

  it('tells a workflow what stands in the environment\'s file', async () => {
    expect((await ops('stack', 'settings', 'dev')).lines).toEqual(['AWS_REGION=us-west-2', 'STACK_SUFFIX=-Dev', 'STACK_LAYER=false'])
  }, 60_000)
})
