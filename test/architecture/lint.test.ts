import {describe, expect, it} from '@jest/globals'
import {Linter} from 'eslint'
import tseslint from 'typescript-eslint'
import config from '../../eslint.config.js'

const linter = new Linter({configType: 'flat', cwd: process.cwd()})

/** Ids of the rules that a text breaks as the file at a path. */
const broken = (path: string, text: string): string[] =>
  linter.verify(`${text}\n`, [...config, tseslint.configs.disableTypeChecked] as Linter.Config[], {filename: path}).map(({ruleId, message}) => ruleId ?? message)

describe('Lint keeps each room to what it may import', () => {
  it.each([
    ['src/types/domain.ts', 'import {randomUUID} from \'node:crypto\'\nrandomUUID()'],
    ['src/types/domain.ts', 'import type {EventEnvelope} from \'./eventbridge\'\nexport type Envelope = EventEnvelope'],
    ['src/lib/vendor/AWS/S3.ts', 'import {env} from \'../../../util/env\'\nenv(\'BUCKET_NAME\')'],
    ['src/util/errors.ts', 'import {keys} from \'./files/keys\'\nkeys()'],
    ['src/util/sources/look.ts', 'import {lease} from \'../hosts/host-lease\'\nlease()'],
    ['src/lib/http/Http.ts', 'import {logger} from \'../../util/logger\'\nlogger.info(\'\')'],
    ['src/lib/vendor/AWS/S3.ts', 'import {mediaKey} from \'../../../util/files/keys\'\nmediaKey(\'\', \'\')'],
    ['src/lib/vendor/AWS/S3.ts', 'import {handler} from \'../../../lambdas/TransferFile/src\'\nhandler()'],
    ['src/util/events/publish.ts', 'import {EventBridgeClient} from \'@aws-sdk/client-eventbridge\'\nnew EventBridgeClient()'],
    ['src/util/events/publish.ts', 'import {handler} from \'../../lambdas/RequestFile/src\'\nhandler()'],
    ['src/util/events/publish.ts', 'export const open = () => import(\'@aws-sdk/client-sns\')'],
    ['src/util/sources/source-url.ts', 'import {connect} from \'node:net\'\nconnect(80)'],
    ['src/lambdas/RequestFile/src/index.ts', 'import {normalize} from \'../../ListFiles/src/page\'\nnormalize()'],
    ['src/lambdas/RequestFile/src/index.ts', 'import {SNSClient} from \'@aws-sdk/client-sns\'\nnew SNSClient()'],
    ['src/lambdas/RequestFile/src/index.ts', 'import {spawn} from \'node:child_process\'\nspawn(\'\')'],
    ['src/lambdas/RequestFile/src/index.ts', 'import {startFront} from \'../../../../build/wiring/front\'\nstartFront(1)'],
    ['src/lambdas/RequestFile/test/index.test.ts', 'import {page} from \'../../ListFiles/src/page\'\npage()'],
    ['local/cli/main.ts', 'import {mediaKey} from \'../../src/util/files/keys\'\nmediaKey(\'\', \'\')'],
    ['local/runtime/core/router.ts', 'import {openJournal} from \'../../console/api/journal\'\nopenJournal()'],
    ['local/services/s3/service.ts', 'import {createSqs} from \'../sqs/service\'\ncreateSqs()'],
    ['local/runtime/engines/engines.ts', 'import {startRuntime} from \'../runtime\'\nstartRuntime()'],
    ['local/runtime/core/types.ts', 'export type File = import(\'../../../src/types/domain\').FileRecord'],
    ['local/cli/main.ts', 'import {table} from \'../../build/table\'\ntable([], [])'],
    ['build/bundle.ts', 'import {errorTable} from \'../src/util/errors\'\nerrorTable.EmptyBodyError'],
    ['ops/main.ts', 'import {terraformEnvironment} from \'../build/tofu/environment\'\nterraformEnvironment()'],
    ['build/bundle.ts', 'const {clock} = await import(\'../local/runtime/core/clock\')\nclock.now()']
  ])('%s does not accept: %s', (path, text) => {
    expect(broken(path, text)).toContain('house/rooms')
  })

  it.each([
    ['src/lib/vendor/AWS/S3.ts', 'import {S3Client} from \'@aws-sdk/client-s3\'\nimport {isLambda} from \'./Environment\'\nexport const client = new S3Client({forcePathStyle: isLambda()})'],
    ['src/util/events/publish.ts', 'import type {PutEventsResponse} from \'@aws-sdk/client-eventbridge\'\nexport type Answer = PutEventsResponse'],
    ['src/util/events/publish.ts', 'import {randomUUID} from \'node:crypto\'\nimport {putEvents} from \'../../lib/vendor/AWS/EventBridge\'\nexport const id = [randomUUID(), putEvents]'],
    ['src/util/sources/source-url.ts', 'import {isIP} from \'node:net\'\nexport const kind = isIP(\'\')'],
    ['src/lambdas/RequestFile/src/index.ts', 'import {parseRequest} from \'./request\'\nimport {env} from \'../../../util/env\'\nexport const both = [parseRequest, env]'],
    ['src/lambdas/RequestFile/test/index.test.ts', 'import {handler} from \'../src\'\nimport {apiEvent} from \'../../../../test/helpers/api-event\'\nexport const both = [handler, apiEvent]'],
    ['local/cli/main.ts', 'import {DynamoDBClient} from \'@aws-sdk/client-dynamodb\'\nimport {startRuntime} from \'../runtime/runtime\'\nexport const both = [DynamoDBClient, startRuntime]'],
    ['build/bundle.ts', 'import {build} from \'esbuild\'\nimport {zip} from \'./bundle/zip\'\nexport const both = [build, zip]'],
    ['ops/main.ts', 'import {STSClient} from \'@aws-sdk/client-sts\'\nimport {stack} from \'./stack/command\'\nexport const both = [STSClient, stack]'],
    ['test/integration/x.test.ts', 'import {env} from \'../../src/util/env\'\nimport {startRuntime} from \'../../local/runtime/runtime\'\nexport const both = [env, startRuntime]']
  ])('%s accepts: %s', (path, text) => {
    expect(broken(path, text)).toEqual([])
  })
})

describe('Lint keeps the house rules', () => {
  it.each([
    ['no-restricted-syntax', 'src/lambdas/RequestFile/src/index.ts', 'export const table = process.env.TABLE_NAME'],
    ['no-restricted-syntax', 'src/lambdas/RequestFile/src/index.ts', 'const {env} = process\nexport const table = env.TABLE_NAME'],
    ['no-restricted-syntax', 'src/util/events/publish.ts', 'export const table = process[\'env\'][\'TABLE_NAME\']'],
    ['no-restricted-syntax', 'src/lib/http/Http.ts', 'export const table = globalThis.process.env.TABLE_NAME'],
    ['house/rooms', 'src/util/events/publish.ts', 'import {env} from \'node:process\'\nexport const table = env.TABLE_NAME'],
    ['no-restricted-globals', 'src/lambdas/TransferFile/src/index.ts', 'export const bytes = () => fetch(\'https://example.com\')'],
    ['no-restricted-exports', 'src/util/events/publish.ts', 'const publish = 1\nexport default publish'],
    ['no-restricted-exports', 'local/runtime/runtime.ts', 'const runtime = 1\nexport {runtime as default}'],
    ['no-restricted-syntax', 'src/util/index.ts', 'export * from \'./publish\''],
    ['no-restricted-syntax', 'src/util/index.ts', 'export {publish} from \'./publish\''],
    ['no-restricted-syntax', 'local/runtime/core/queue.ts', 'export class Queue {}'],
    ['no-restricted-syntax', 'src/util/events/publish.ts', 'import {env} from \'./env.js\'\nenv(\'TABLE_NAME\')'],
    ['no-restricted-syntax', 'test/integration/x.test.ts', 'it.only(\'answers\', () => undefined)'],
    ['no-warning-comments', 'src/util/events/publish.ts', `// ${'TO' + 'DO'}: later\nexport const one = 1`],
    ['@stylistic/semi', 'src/util/events/publish.ts', 'export const one = 1;'],
    ['@stylistic/quotes', 'src/util/events/publish.ts', 'export const one = "one"'],
    ['@stylistic/object-curly-spacing', 'src/util/events/publish.ts', 'export const one = { two: 2 }'],
    ['@stylistic/comma-dangle', 'src/util/events/publish.ts', 'export const one = [\n  1,\n]'],
    ['@stylistic/indent', 'src/util/events/publish.ts', 'export const one = () => {\n    one()\n}'],
    ['@typescript-eslint/no-explicit-any', 'src/util/events/publish.ts', 'export const one = (two: any) => two'],
    ['eqeqeq', 'src/util/events/publish.ts', 'export const one = (two: unknown) => two == 1']
  ])('%s refuses in %s: %s', (rule, path, text) => {
    expect(broken(path, text)).toContain(rule)
  })

  it('refuses a function of over 50 lines', () => {
    const lines = (count: number): string => `export const long = () => {\n${'  long()\n'.repeat(count - 2)}}`
    expect([50, 51].map((count) => broken('src/util/events/publish.ts', lines(count)))).toEqual([[], ['max-lines-per-function']])
  })

  it('refuses a file of over 200 lines', () => {
    const lines = (count: number): string => `export const numbers = [\n${'  1,\n'.repeat(count - 3)}  1\n]`
    expect([200, 201].map((count) => broken('src/util/events/publish.ts', lines(count)))).toEqual([[], ['max-lines']])
  })

  it.each([
    ['src/util/env.ts', 'export const table = process.env.TABLE_NAME'],
    ['src/lambdas/RequestFile/test/index.test.ts', 'process.env.TABLE_NAME = \'Files\''],
    ['src/util/errors.ts', 'export class NamedError extends Error {}'],
    ['jest.config.js', 'export default {testEnvironment: \'node\'}']
  ])('accepts in %s: %s', (path, text) => {
    expect(broken(path, text)).toEqual([])
  })
})
