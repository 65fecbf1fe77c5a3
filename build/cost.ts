import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {shippedUsage} from './cost/data'
import {readFacts} from './cost/facts'
import {billOf} from './cost/model'
import {reportText} from './cost/report'

const usage = `npm run cost -- [--files N] [--size MB] [--users N] [--devices N] [--downloads N] [--json]
  --files      files a month (1000)
  --size       megabytes of a file (100)
  --users      users who ask for each file (1)
  --devices    devices of a user (2)
  --downloads  how often each of these users fetches the file (1)
  --wiring     what is deployed: local/wiring.json, or the output of terraform show -json`

const root = join(import.meta.dirname, '..')

const options = {
  files: {type: 'string', default: '1000'},
  size: {type: 'string', default: '100'},
  users: {type: 'string', default: '1'},
  devices: {type: 'string', default: '2'},
  downloads: {type: 'string', default: '1'},
  wiring: {type: 'string', default: join(root, 'local', 'wiring.json')},
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

const main = (): number => {
  const {values} = parseArgs({options})
  if (values.help) {
    console.log(usage)
    return 0
  }
  const workload = {
    files: numberOf('files', values.files, 1),
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

try {
  process.exitCode = main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
