import {expect, test} from '@jest/globals'
import {contractVersion} from '../../../shared/contracts/version'
import {judge} from '../judge'
import {refusedIn} from '../refused'
import {listText, showText} from '../report'
import {contract, letter} from './sample'

const {properties, ...rest} = contract.schema
const former = {...rest, properties: {...properties, size: {type: 'string'}}}
const reason = `Event event-1 does not fit the contract FileSampled version ${contractVersion(former)}: detail.size must be integer, got "7".`
const cases = refusedIn([letter('1', {reason})]).map((refused) => ({refused, judgement: judge(refused, [contract])}))

test('the list has one line an event', () => {
  expect(listText(cases).split('\n')).toEqual([
    'id       event        refused by   since                     state  today',
    'event-1  FileSampled  MeasureFile  2025-11-23T10:00:00.000Z  unfit  detail.size must be integer'
  ])
})

test('the list says so where nothing is there', () => {
  expect(listText([])).toBe('Nothing is in quarantine.')
})

test('an event is shown with its reason, and what became of its contract since', () => {
  const past = [{commit: '0123456789abcdef', date: '2025-11-01T00:00:00Z', schema: former}]
  expect(showText(cases[0]!, contract, past).split('\n').slice(0, 7)).toEqual([
    'FileSampled event-1',
    '  refused by MeasureFile, since 2025-11-23T10:00:00.000Z, after 3 attempts',
    `  reason     InvalidEventError: ${reason}`,
    `  read by    version ${contractVersion(former)} of the contract, of 2025-11-01 (012345678); today it is ${contractVersion(contract.schema)}`,
    expect.stringMatching(/^ {13}since then \/properties\/size\/type: /),
    expect.stringMatching(/^ {13}since then \/properties\/size\/minimum: /),
    '  today      unfit: detail.size must be integer'
  ])
})
