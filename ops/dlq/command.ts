import {join} from 'node:path'
import {createInterface} from 'node:readline/promises'
import {parseArgs} from 'node:util'
import {type Choice, groupLetters, purge, readLetters, redrive} from './commands'
import {type Mailbox, openMailbox} from './mailbox'
import {awsClients, openPost, type Way} from './post'
import {chosenQueues, queueNames} from './queues'
import {groupsText, lettersText, redrivenText} from './report'

const usage = `npm run dlq -- list    [QUEUE…]   what lies in the dead-letter queues, by rule or function, error and event
npm run dlq -- show    [QUEUE…]   each message with its event
npm run dlq -- redrive [QUEUE…]   send messages to their target again; what is taken leaves the queue
npm run dlq -- purge   [QUEUE…]   remove messages for good
which messages (all where nothing is said)
  --event NAME --error CODE --file FILEID   only these
  --limit N                                 at most N of each queue (1000)
how
  --via target|bus   redrive to the rule's or function's own target, or as a new event to the bus (target)
  --yes              purge without asking
  --json             answer for a program
where: AWS by the usual variables, or what AWS_ENDPOINT_URL names
  --suffix SUFFIX    of the stack, for example -Dev
  --wiring FILE      what is deployed: local/wiring.json, or the output of terraform show -json`

const options = {
  event: {type: 'string'},
  error: {type: 'string'},
  file: {type: 'string'},
  limit: {type: 'string', default: '1000'},
  via: {type: 'string', default: 'target'},
  yes: {type: 'boolean', default: false},
  json: {type: 'boolean', default: false},
  suffix: {type: 'string', default: ''},
  wiring: {type: 'string', default: join(import.meta.dirname, '..', '..', 'local', 'wiring.json')},
  help: {type: 'boolean', default: false}
} as const

type Flags = ReturnType<typeof parseArgs<{options: typeof options, allowPositionals: true}>>['values']

const say = (json: boolean, value: unknown, text: string): void => console.log(json ? JSON.stringify(value, null, 2) : text)

const wayOf = (via: string): Way => {
  if (via !== 'target' && via !== 'bus') {
    throw new Error(`Expected --via to be target or bus; got '${via}'.`)
  }
  return via
}

const isSure = async (count: number, yes: boolean): Promise<boolean> => {
  if (yes || count === 0) {
    return true
  }
  if (!process.stdin.isTTY) {
    throw new Error(`Expected --yes to remove ${count} messages for good: nobody is here to be asked.`)
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  const answer = await terminal.question(`Remove ${count} messages for good? [y/N] `)
  terminal.close()
  return answer.trim().toLowerCase() === 'y'
}

const purgeWhenSure = async (mailbox: Mailbox, choice: Choice, {yes, json}: Flags): Promise<void> => {
  const {length} = await readLetters(mailbox, choice)
  const removed = await isSure(length, yes) ? await purge(mailbox, choice) : []
  say(json, {removed: removed.length}, `${removed.length} removed.`)
}

const run = async (command: string, mailbox: Mailbox, choice: Choice, flags: Flags): Promise<number> => {
  const {json, via, suffix} = flags
  switch (command) {
    case 'list': {
      const groups = groupLetters(await readLetters(mailbox, choice))
      say(json, groups, groupsText(groups, choice.queues.length))
      return 0
    }
    case 'show': {
      const letters = await readLetters(mailbox, choice)
      say(json, letters, lettersText(letters))
      return 0
    }
    case 'redrive': {
      const redriven = await redrive(mailbox, openPost(awsClients(), `MediaDownloaderEvents${suffix}`), choice, wayOf(via))
      say(json, redriven, redrivenText(redriven))
      return redriven.left.length === 0 ? 0 : 1
    }
    case 'purge':
      await purgeWhenSure(mailbox, choice, flags)
      return 0
    default:
      throw new Error(`Expected list, show, redrive or purge; got '${command}'.\n${usage}`)
  }
}

const main = async (): Promise<number> => {
  const {values, positionals: [command = 'list', ...asked]} = parseArgs({options, allowPositionals: true})
  if (values.help) {
    console.log(usage)
    return 0
  }
  const queues = chosenQueues(queueNames(values.wiring, values.suffix), asked)
  return run(command, openMailbox(), {queues, event: values.event, error: values.error, fileId: values.file, limit: Number(values.limit)}, values)
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
