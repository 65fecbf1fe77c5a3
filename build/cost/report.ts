import {priceDate, priceTable} from './data'
import {type Bill, guideClaim} from './model'

const money = (usd: number): string => usd !== 0 && Math.abs(usd) < 0.005 ? usd.toFixed(5) : usd.toFixed(2)

const amount = (quantity: number): string => quantity >= 100
  ? Math.round(quantity).toLocaleString('en-US')
  : String(Number(quantity.toPrecision(3)))

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => index === 0 || index === 2 ? cell.padEnd(index === 0 ? 15 : 26) : cell.padStart(12)).join(' ').trimEnd()

/** How many transitions the guide's $1.50 would pay for. */
const claimedTransitions = Math.round(guideClaim.after / priceTable.transitions.usd * priceTable.transitions.per)

/** The bill as a table. */
export const reportText = ({workload, lines, total, transitionsPerFile, orchestration}: Bill): string => {
  const {files, sizeMb, users, devices, downloads} = workload
  return [
    `${amount(files)} files of ${amount(sizeMb)} MB a month; each wanted by ${users} with ${devices} devices each, and fetched ${downloads} times by each`,
    `Prices of ${priceDate} in USD (build/cost/prices.json); durations and shares in build/cost/usage.json say what they are based on.`,
    '',
    row(['', 'quantity', 'unit', 'month', 'after free', '1,000 files']),
    ...lines.map(({item, quantity, unit, usd, afterFree, per1000}) =>
      row([item, amount(quantity), unit, money(usd), money(afterFree), money(per1000)])),
    row(['Total', '', '', money(total.usd), money(total.afterFree), money(total.per1000)]),
    '',
    `Transitions of one file: ${Object.entries(transitionsPerFile).map(([path, transitions]) => `${path} ${transitions}`).join(', ')}`,
    '',
    'What starts the downloads, and what that costs a month',
    ...orchestration.map(({design, usd, afterFree, what}) =>
      `  ${design.padEnd(28)} ${money(usd).padStart(8)}  after free ${money(afterFree).padStart(8)}  ${what}`),
    `  ${'the guide\'s claim'.padEnd(28)} ${money(guideClaim.before)} → ${money(guideClaim.after)} (-28 %): no price list leads there; `
    + `${money(guideClaim.after)} would be ${claimedTransitions.toLocaleString('en-US')} transitions`
  ].join('\n')
}
