import {pastContracts} from '../../shared/contracts/history'
import {readContracts} from '../../shared/contracts/schema'
import {command, group} from '../../shared/cli/command'
import {RefusedError, UsageError} from '../../shared/cli/errors'
import {flag, many, text, type Values} from '../../shared/cli/option'
import {openMailbox} from '../dlq/mailbox'
import {awsClients, openPost} from '../dlq/post'
import {queueNames} from '../dlq/queues'
import {root} from '../program/root'
import {type ClientOptions, clientOptions, readTarget, targetOptions} from '../program/target'
import {wiring} from '../program/wiring'
import {type Case, fixCase, type Fix, readCases, reinject, type Ward} from './commands'
import {detailFrom, edited, editedByHand} from './edits'
import {chosen} from './refused'
import {listText, plain, reinjectedText, showText} from './report'

const place = {wiring, ...targetOptions}
const notes = 'An id is that of the event\'s envelope, or its first characters.'

const openWard = async ({wiring, ...target}: Values<typeof place>): Promise<{readonly ward: Ward, readonly clients: ClientOptions}> => {
  const queues = queueNames(wiring, target.suffix).filter((name) => name.endsWith('-failed'))
  const clients = clientOptions(await readTarget(target))
  return {ward: {mailbox: openMailbox(clients), queues, contracts: readContracts(root)}, clients}
}

const chosenCases = (cases: readonly Case[], ids: readonly string[]): Case[] =>
  chosen(cases.map(({refused}) => refused), ids).map((refused) => cases.find((one) => one.refused === refused)!)

const edits = {
  set: many('name=json', 'sets a property of the detail'),
  unset: many('name', 'removes a property of the detail'),
  detail: text('file', 'takes the detail from a file, or - for stdin')
}

const fixBy = ({detail, set, unset}: Values<typeof edits>): Fix => async ({refused: {envelope, fixed}}) => {
  if (detail !== undefined) {
    return detailFrom(detail)
  }
  if (set.length > 0 || unset.length > 0) {
    return edited(fixed ?? envelope.detail, {set, unset})
  }
  if (!process.stdin.isTTY) {
    throw new RefusedError('Say --set, --unset or --detail: there is no terminal for an editor.')
  }
  return editedByHand(fixed ?? envelope.detail, process.env.VISUAL ?? process.env.EDITOR ?? 'vi')
}

const formatCases = (ward: Ward, cases: readonly Case[]): string => cases.map((one) => {
  const contract = ward.contracts.find(({event}) => event === one.refused.event)
  return showText(one, contract, contract === undefined ? [] : pastContracts(root, contract.event))
}).join('\n\n') || 'Nothing is in quarantine.'

const list = command({
  name: 'list', summary: 'Lists events that a consumer could not parse, and whether they fit today\'s contract.', options: place,
  run: async (given) => {
    const cases = await readCases((await openWard(given)).ward)
    return {value: cases.map(plain), text: listText(cases)}
  }
})

const show = command({
  name: 'show', summary: 'Shows each with its reason, the version of the contract, its envelope and its fix.', words: '[id...]', notes, options: place,
  run: async (given) => {
    const {ward} = await openWard(given)
    const all = await readCases(ward)
    const cases = given.words.length === 0 ? all : chosenCases(all, given.words)
    return {value: cases.map(plain), text: formatCases(ward, cases)}
  }
})

const fix = command({
  name: 'fix', summary: 'Writes a detail that today\'s contract takes; what was right stays as it was.', words: '<id>',
  notes: `${notes} Without --set, --unset and --detail the detail opens in $VISUAL, $EDITOR or vi.`, options: {...edits, ...place},
  run: async (given) => {
    const {id, event, fixed} = await fixCase((await openWard(given)).ward, (cases) => chosenCases(cases, given.words)[0]!, fixBy(given))
    return {value: {id, event, fixed}, text: `${event} ${id} is fixed: npm run ops -- quarantine reinject ${id}`}
  }
})

const reinjected = command({
  name: 'reinject', summary: 'Publishes what fits, fixed or as it is, on the bus; each event once, and it leaves the quarantine.', words: '[id...]', notes,
  options: {all: flag('all that are in quarantine'), ...place},
  run: async (given) => {
    if ((given.words.length === 0) !== given.all) {
      throw new UsageError('Say either ids or --all.')
    }
    const {ward, clients} = await openWard(given)
    const post = openPost(awsClients(clients), `MediaDownloaderEvents${given.suffix}`)
    const done = await reinject(ward, post, (cases) => given.all ? cases : chosenCases(cases, given.words))
    const value = {published: done.published.map(({id}) => id), left: done.left.map(({refused: {id}, why}) => ({id, why}))}
    return {value, text: reinjectedText(done), code: done.left.length === 0 ? 0 : 1}
  }
})

export const quarantine = group('quarantine', 'Shows, fixes and publishes events that a consumer could not parse (default: list).', [list, show, fix, reinjected], 'list')
