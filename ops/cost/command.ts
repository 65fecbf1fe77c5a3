import {writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {command} from '../../shared/cli/command'
import {flag, number, path} from '../../shared/cli/option'
import {root} from '../program/root'
import {wiring} from '../program/wiring'
import {type Durations, durationsFile, shippedUsage} from './data'
import {readFacts} from './facts'
import {measureHere, measureLogs} from './measure/measure'
import {createBill} from './model'
import {durationsText, reportText} from './report'

const measured = async (files: number, logs: string | undefined): Promise<Durations> => {
  const show = (done: number): void => void (process.stderr.isTTY && process.stderr.write(`\r${done} of ${files} files${done === files ? '\n' : ''}`))
  const durations = logs === undefined ? await measureHere(files, show) : measureLogs(logs, files)
  writeFileSync(durationsFile, `${JSON.stringify(durations, null, 2)}\n`)
  return durations
}

export const cost = command({
  name: 'cost', summary: 'Says what a month costs, at list prices.',
  notes: 'With --measure it measures how long each function takes while a local stack brings --files small files (default: 20), and writes that\ninto ops/cost/durations.json.',
  options: {
    files: number('n', 'files a month (default: 1000)', {from: 1}),
    size: number('mb', 'megabytes of a file', {otherwise: 100}),
    users: number('n', 'users who ask for each file', {otherwise: 1}),
    devices: number('n', 'devices of a user', {otherwise: 2}),
    downloads: number('n', 'how often each of these users fetches the file', {otherwise: 1}),
    wiring,
    measure: flag('measure how long each function takes'),
    logs: path('folder', 'with --measure: read the REPORT lines of --files files from <folder>/<function>.log, as CloudWatch has them')
  },
  run: async ({files, size: sizeMb, users, devices, downloads, wiring: file, measure, logs}) => {
    if (measure) {
      const durations = await measured(files ?? 20, logs)
      return {value: durations, text: `${durationsText(durations)}\n${relative(process.cwd(), durationsFile)} has it; read the change, commit it.`}
    }
    const facts = readFacts(file, join(root, 'terraform', 'workflows', 'FileDownloadWorkflow.asl.json'))
    const bill = createBill({files: files ?? 1000, sizeMb, users, devices, downloads}, facts, shippedUsage)
    return {value: bill, text: reportText(bill)}
  }
})
