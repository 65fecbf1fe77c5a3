import {table} from '../../shared/table'
import {type Duration, type Durations, priceDate, priceTable} from './data'
import {type Bill, guideClaim} from './model'

const money = (usd: number): string => usd !== 0 && Math.abs(usd) < 0.005 ? usd.toFixed(5) : usd.toFixed(2)

const amount = (quantity: number): string => quantity >= 100
  ? Math.round(quantity).toLocaleString('en-US')
  : String(Number(quantity.toPrecision(3)))

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => index === 0 || index === 2 ? cell.padEnd(index === 0 ? 15 : 26) : cell.padStart(12)).join(' ').trimEnd()

/** How many transitions the guide's $1.50 would pay for. */
const claimedTransitions = Math.round(guideClaim.after / priceTable.transitions.usd * priceTable.transitions.per)

const seconds = (value: number): string => value.toFixed(3)

const formatRun = (measured: Duration): string[] => [seconds(measured.seconds), seconds(measured.initSeconds), String(measured.maxMemoryMb)]

/** What was measured of each function, as a table. */
export const durationsText = ({date, where, functions}: Durations): string => [
  `Measured on ${date}: ${where}. Medians; memory is the most that was seen.`,
  table(['', 'invocations', 'a file', 'seconds', 'Init', 'MB'], Object.entries(functions).map(([name, measured]) =>
    [name, String(measured.invocations), amount(measured.invocationsPerFile), ...formatRun(measured)]))
].join('\n')

const functionsText = ({functions, notCounted, measured: {date, where}}: Bill): string => [
  `Functions: durations measured on ${date} (npm run cost -- --measure): ${where}.`,
  'Lambda\'s arm64 at each function\'s share of a CPU differs; waiting for a source, and the share of cold starts, are assumed.',
  ...(notCounted.length === 0 ? [] : [`Not counted: ${notCounted.join(', ')}.`]),
  table(['', 'invocations', 'seconds each', 'of which run', 'Init', 'MB used'], functions.map(({name, count, seconds: each, measured}) =>
    [name, amount(count), seconds(each), ...formatRun(measured)]))
].join('\n')

/** The bill as a table. */
export const reportText = (bill: Bill): string => {
  const {workload, lines, total, transitionsPerFile, orchestration} = bill
  const {files, sizeMb, users, devices, downloads} = workload
  return [
    `${amount(files)} files of ${amount(sizeMb)} MB a month; each wanted by ${users} with ${devices} devices each, and fetched ${downloads} times by each`,
    `Prices of ${priceDate} in USD (ops/cost/prices.json); shares and sizes in ops/cost/usage.json say what they are based on.`,
    '',
    row(['', 'quantity', 'unit', 'month', 'after free', '1,000 files']),
    ...lines.map(({item, quantity, unit, usd, afterFree, per1000}) =>
      row([item, amount(quantity), unit, money(usd), money(afterFree), money(per1000)])),
    row(['Total', '', '', money(total.usd), money(total.afterFree), money(total.per1000)]),
    '',
    `Transitions of one file: ${Object.entries(transitionsPerFile).map(([path, transitions]) => `${path}${path === 'ranged' ? ' (1 GiB)' : ''} ${transitions}`).join(', ')}`,
    '',
    functionsText(bill),
    '',
    'What starts the downloads, and what that costs a month',
    ...orchestration.map(({design, usd, afterFree, what}) =>
      `  ${design.padEnd(28)} ${money(usd).padStart(8)}  after free ${money(afterFree).padStart(8)}  ${what}`),
    `  ${'the guide\'s claim'.padEnd(28)} ${money(guideClaim.before)} → ${money(guideClaim.after)} (-28 %): no price list leads there; `
    + `${money(guideClaim.after)} would be ${claimedTransitions.toLocaleString('en-US')} transitions`
  ].join('\n')
}
