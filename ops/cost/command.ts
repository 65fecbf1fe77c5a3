import {writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {parseArgs} from 'node:util'
import {durationsFile, shippedUsage} from './data'
import {readFacts} from './facts'
import {measureHere, measureLogs} from './measure/measure'
import {billOf} from './model'
import {durationsText, reportText} from './report'

const usage = `npm run cost -- [--files N] [--size MB] [--users N] [--devices N] [--downloads N] [--json]
  --files      files a month (1000)
  --size       megabytes of a file (100)
  --users      users who ask for each file (1)
  --devices    devices of a user (2)
  --downloads  how often each of these users fetches the file (1)
  --wiring     what is deployed: local/wiring.json, or the output of terraform show -json
npm run cost -- --measure [--files N] [--logs DIR]
  Measures how long each function takes, while the embedded AWS brings N small files (20), and writes it into ops/cost/durations.json
  --logs       reads the REPORT lines of N files from DIR/<function>.log instead, as a deployed stack's CloudWatch has them`

const root = join(import.meta.dirname, '..', '..')

const options = {
  files: {type: 'string'},
  size: {type: 'string', default: '100'},
  users: {type: 'string', default: '1'},
  devices: {type: 'string', default: '2'},
  downloads: {type: 'string', default: '1'},
  wiring: {type: 'string', default: join(root, 'local', 'wiring.json')},
  measure: {type: 'boolean', default: false},
  logs: {type: 'string'},
  json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false}
} as const

const numberOf = (name: string, text: string, least: number): number => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < least) {
    throw new Error(`Expected --${name} to be a number of at least ${least}; got '${text}'.`)
  }
  return value
}

interface Measurement {
  readonly files: number
  readonly logs?: string
}

const measure = async ({files, logs}: Measurement): Promise<void> => {
  const say = (done: number): void => void (process.stderr.isTTY && process.stderr.write(`\r${done} of ${files} files${done === files ? '\n' : ''}`))
  const durations = logs === undefined ? await measureHere(files, say) : measureLogs(logs, files)
  writeFileSync(durationsFile, `${JSON.stringify(durations, null, 2)}\n`)
  console.log(`${durationsText(durations)}\n${relative(process.cwd(), durationsFile)} has it; read the change, commit it.`)
}

const main = async (): Promise<number> => {
  const {values} = parseArgs({options})
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (values.measure) {
    await measure({files: numberOf('files', values.files ?? '20', 1), ...(values.logs !== undefined && {logs: values.logs})})
    return 0
  }
  const workload = {
    files: numberOf('files', values.files ?? '1000', 1),
    sizeMb: numberOf('size', values.size, 0),
    users: numberOf('users', values.users, 0),
    devices: numberOf('devices', values.devices, 0),
    downloads: numberOf('downloads', values.downloads, 0)
  }
  const facts = readFacts(values.wiring, join(root, 'terraform', 'workflows', 'FileDownloadWorkflow.asl.json'))
  const bill = billOf(workload, facts, shippedUsage)
  console.log(values.json ? JSON.stringify(bill, null, 2) : reportText(bill))
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
