import {parseArgs} from 'node:util'
import {table} from '../../shared/table'
import {benchmark, type Misread, type Scores} from './error-scores'

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

const report = (title: string, {messages, accuracy, macroF1, categories}: Scores): string => [
  `${title}: ${messages} messages, macro-F1 ${percent(macroF1)}, accuracy ${percent(accuracy)}`,
  table(['category', 'messages', 'precision', 'recall', 'F1'], categories.map(({category, messages: count, precision, recall, f1}) =>
    [category, String(count), ...[precision, recall, f1].map(percent)]))
].join('\n')

const line = ({message, name, classified, origin}: Misread): string => `  ${name} read as ${classified}: "${message}"\n    ${origin}`

const {values: {json}} = parseArgs({options: {json: {type: 'boolean', default: false}}})
const tuned = benchmark('tuned')
const heldOut = benchmark('heldOut')
if (json) {
  console.log(JSON.stringify({tuned, heldOut}, null, 2))
} else {
  console.log([
    report('Tuned on', tuned), '', report('Held out', heldOut), '',
    `Held-out messages that were misread: ${heldOut.misread.length}`, ...heldOut.misread.map(line)
  ].join('\n'))
}
