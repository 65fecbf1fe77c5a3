import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {pastContracts} from '../../shared/contracts/history'
import {readContracts} from '../../shared/contracts/schema'
import {openMailbox} from '../dlq/mailbox'
import {awsClients, openPost} from '../dlq/post'
import {queueNames} from '../dlq/queues'
import {type Case, fixCase, type Mend, readCases, reinject, type Ward} from './commands'
import {detailFrom, edited, editedByHand} from './edits'
import {chosen} from './refused'
import {listText, plain, reinjectedText, showText} from './report'

const root = join(import.meta.dirname, '..', '..')
const usage = `npm run quarantine -- list                events that a consumer could not parse, and whether they fit today's contract
npm run quarantine -- show [ID…]          each with its reason, the version of the contract, its envelope and its fix
npm run quarantine -- fix ID [edits]      write a detail that today's contract takes; what was right stays as it was
npm run quarantine -- reinject ID…|--all  publish what fits, fixed or as it is, on the bus; each event once, and it leaves the quarantine
an ID is the id of the event's envelope, or how it begins
edits (without any: in $VISUAL, $EDITOR or vi)
  --set NAME=JSON --unset NAME   change properties of the detail
  --detail FILE                  take the detail from a file, or - for standard input
  --json           answer for a program
where: AWS by the usual variables, or what AWS_ENDPOINT_URL names
  --suffix SUFFIX  of the stack, for example -Dev
  --wiring FILE    what is deployed: local/wiring.json, or the output of terraform show -json`

const options = {
  set: {type: 'string', multiple: true},
  unset: {type: 'string', multiple: true},
  detail: {type: 'string'},
  all: {type: 'boolean', default: false},
  json: {type: 'boolean', default: false},
  suffix: {type: 'string', default: ''},
  wiring: {type: 'string', default: join(root, 'local', 'wiring.json')},
  help: {type: 'boolean', default: false}
} as const

type Flags = ReturnType<typeof parseArgs<{options: typeof options, allowPositionals: true}>>['values']

const chosenCases = (cases: readonly Case[], ids: readonly string[]): Case[] =>
  chosen(cases.map(({refused}) => refused), ids).map((refused) => cases.find((one) => one.refused === refused)!)

const mendBy = ({detail, set = [], unset = []}: Flags): Mend => async ({refused: {envelope, fixed}}) => {
  if (detail !== undefined) {
    return detailFrom(detail)
  }
  if (set.length > 0 || unset.length > 0) {
    return edited(fixed ?? envelope.detail, {set, unset})
  }
  if (!process.stdin.isTTY) {
    throw new Error('Expected --set, --unset or --detail: nobody is here to use an editor.')
  }
  return editedByHand(fixed ?? envelope.detail, process.env.VISUAL ?? process.env.EDITOR ?? 'vi')
}

const show = (ward: Ward, cases: readonly Case[]): string => cases.map((one) => {
  const contract = ward.contracts.find(({event}) => event === one.refused.event)
  return showText(one, contract, contract === undefined ? [] : pastContracts(root, contract.event))
}).join('\n\n') || 'Nothing is in quarantine.'

const run = async (command: string, ids: readonly string[], ward: Ward, flags: Flags): Promise<number> => {
  const say = (value: unknown, text: string): void => console.log(flags.json ? JSON.stringify(value, null, 2) : text)
  switch (command) {
    case 'list': {
      const cases = await readCases(ward)
      say(cases.map(plain), listText(cases))
      return 0
    }
    case 'show': {
      const all = await readCases(ward)
      const cases = ids.length === 0 ? all : chosenCases(all, ids)
      say(cases.map(plain), show(ward, cases))
      return 0
    }
    case 'fix': {
      if (ids.length !== 1) {
        throw new Error(`Expected the id of one event to fix; got ${ids.length}.`)
      }
      const {id, event, fixed} = await fixCase(ward, (cases) => chosenCases(cases, ids)[0]!, mendBy(flags))
      say({id, event, fixed}, `${event} ${id} is fixed: npm run quarantine -- reinject ${id}`)
      return 0
    }
    case 'reinject': {
      if ((ids.length === 0) !== flags.all) {
        throw new Error('Expected either ids or --all.')
      }
      const done = await reinject(ward, openPost(awsClients(), `MediaDownloaderEvents${flags.suffix}`), (cases) => flags.all ? cases : chosenCases(cases, ids))
      say({published: done.published.map(({id}) => id), left: done.left.map(({refused: {id}, why}) => ({id, why}))}, reinjectedText(done))
      return done.left.length === 0 ? 0 : 1
    }
    default:
      throw new Error(`Expected list, show, fix or reinject; got '${command}'.\n${usage}`)
  }
}

const main = async (): Promise<number> => {
  const {values, positionals: [command = 'list', ...ids]} = parseArgs({options, allowPositionals: true})
  if (values.help) {
    console.log(usage)
    return 0
  }
  const queues = queueNames(values.wiring, values.suffix).filter((name) => name.endsWith('-failed'))
  return run(command, ids, {mailbox: openMailbox(), queues, contracts: readContracts(root)}, values)
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
