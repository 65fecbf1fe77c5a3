import {command, type Definition, type Given, group} from '../../shared/cli/command'
import {RefusedError} from '../../shared/cli/errors'
import {flag, keyword, type Options, text, whole} from '../../shared/cli/option'
import {ask} from '../program/ask'
import {type ClientOptions, clientOptions, readTarget, targetOptions} from '../program/target'
import {wiring} from '../program/wiring'
import {type Choice, groupLetters, purge, readLetters, redrive} from './commands'
import {type Mailbox, openMailbox} from './mailbox'
import {awsClients, openPost} from './post'
import {chosenQueues, queueNames} from './queues'
import {groupsText, lettersText, redrivenText} from './report'

const options = {
  event: text('name', 'only letters of this event'),
  error: text('code', 'only letters with this error'),
  file: text('id', 'only letters about this file'),
  limit: whole('n', 'at most this many of each queue', {from: 1, otherwise: 1000}),
  wiring,
  ...targetOptions
}

interface Place {
  readonly mailbox: Mailbox
  readonly choice: Choice
  readonly clients: ClientOptions
}

const openPlace = async ({words, wiring, event, error, file, limit, ...target}: Given<typeof options>): Promise<Place> => {
  const queues = chosenQueues(queueNames(wiring, target.suffix), words)
  const clients = clientOptions(await readTarget(target))
  return {mailbox: openMailbox(clients), choice: {queues, event, error, fileId: file, limit}, clients}
}

const isSure = async (count: number, yes: boolean): Promise<boolean> => yes || count === 0
  || /^y(es)?$/i.test(await ask(`Remove ${count} messages for good? [y/N] `, new RefusedError(`Say --yes to remove ${count} messages for good: there is no terminal to ask at.`)))

const ofQueues = <const O extends Options>(definition: Omit<Definition<O & typeof options>, 'words' | 'options'> & {readonly options: O}) =>
  command<O & typeof options>({...definition, words: '[queue...]', options: {...definition.options, ...options}})

const list = ofQueues({
  name: 'list', summary: 'Counts what lies in the dead-letter queues, by rule or function, error and event.', options: {},
  run: async (given) => {
    const {mailbox, choice} = await openPlace(given)
    const groups = groupLetters(await readLetters(mailbox, choice))
    return {value: groups, text: groupsText(groups, choice.queues.length)}
  }
})

const show = ofQueues({
  name: 'show', summary: 'Shows each message with its event.', options: {},
  run: async (given) => {
    const {mailbox, choice} = await openPlace(given)
    const letters = await readLetters(mailbox, choice)
    return {value: letters, text: lettersText(letters)}
  }
})

const redriven = ofQueues({
  name: 'redrive', summary: 'Sends messages to their target again; each that is taken leaves the queue.',
  options: {via: keyword('way', ['target', 'bus'], 'to the own target of the rule or function, or as a new event to the bus', 'target')},
  run: async (given) => {
    const {mailbox, choice, clients} = await openPlace(given)
    const done = await redrive(mailbox, openPost(awsClients(clients), `MediaDownloaderEvents${given.suffix}`), choice, given.via)
    return {value: done, text: redrivenText(done), code: done.left.length === 0 ? 0 : 1}
  }
})

const purged = ofQueues({
  name: 'purge', summary: 'Removes messages for good.', options: {yes: flag('without asking')},
  run: async (given) => {
    const {mailbox, choice} = await openPlace(given)
    const {length} = await readLetters(mailbox, choice)
    const removed = await isSure(length, given.yes) ? await purge(mailbox, choice) : []
    return {value: {removed: removed.length}, text: `${removed.length} removed.`}
  }
})

export const dlq = group('dlq', 'Shows, sends again or removes what no rule or function could deliver (default: list).', [list, show, redriven, purged], 'list')
