import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {build} from 'esbuild'
import {requireForCommonJs} from '../../build/bundle/compile'
import {functionNames} from '../../build/bundle/functions'
import {moduleForNode} from '../../build/bundle/module-for-node'
import {anotherCheckout, bench, inTurns} from './frame'
import {type Row, row} from './rows'

const root = join(import.meta.dirname, '../..')
const bundleOf = (checkout: string, name: string): string => join(checkout, 'dist/lambdas', name, 'index.mjs')

/** In a fresh process, as Lambda's Init phase: the time from the first byte read to the module at hand. */
const measure = 'const start = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - start), () => process.exit())'

const importMilliseconds = async (path: string): Promise<number> => Number(execFileSync(
  process.execPath, ['--input-type=module', '--eval', measure, pathToFileURL(path).href],
  {env: {AWS_REGION: 'us-west-2', POWERTOOLS_SERVICE_NAME: 'Bench'}, encoding: 'utf8'}
))

/** The commands of AWS's clients that a bundle sends, by client, as its minified code still names them. */
const clientsIn = (bundle: string): ReadonlyMap<string, string> => {
  const code = readFileSync(bundle, 'utf8')
  const known = {DynamoDB: 'dynamodb', S3: 's3', EventBridge: 'eventbridge', SFN: 'sfn', SQS: 'sqs', SNS: 'sns', SSM: 'ssm', Lambda: 'lambda'}
  return new Map(Object.entries(known).filter(([name]) => code.includes(`"${name}Client"`)).map(([name, client]) => [`${name}Client`, `@aws-sdk/client-${client}`]))
}

/** A bundle of the same clients and nothing else, made as functions are. */
const bareBundle = async (clients: ReadonlyMap<string, string>, outfile: string): Promise<void> => {
  const contents = [...clients].map(([name, from]) => `import {${name}} from '${from}'\nexport const the${name} = new ${name}({})`).join('\n')
  await build({
    ...moduleForNode, stdin: {contents, resolveDir: root}, outfile, mainFields: ['module', 'main'], minify: true, keepNames: true, write: true,
    banner: {js: requireForCommonJs}
  })
}

await bench('init', async ({against, runs}) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-init-'))
  const rows: Row[] = []
  for (const name of functionNames(root)) {
    const bare = join(folder, `${name}.mjs`)
    await bareBundle(clientsIn(bundleOf(root, name)), bare)
    const {here, clients, other} = await inTurns<'here' | 'clients' | 'other', number>(runs, {
      here: () => importMilliseconds(bundleOf(root, name)), clients: () => importMilliseconds(bare),
      other: () => importMilliseconds(bundleOf(against ?? root, name))
    })
    rows.push(row({what: `import of ${name}`, unit: 'ms', target: {ratio: 0.6}}, here, anotherCheckout(against === undefined ? undefined : other)))
    rows.push(row({what: `import of ${name}`, unit: 'ms', target: {ratio: 1.2}}, here, {with: 'its bare clients', values: clients}))
  }
  rmSync(folder, {recursive: true})
  return rows
}, 9)
