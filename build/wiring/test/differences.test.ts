import {describe, expect, it} from '@jest/globals'
import {listDifferences, judgeDifferences, type Plan} from '../differences'

type Values = Readonly<Record<string, unknown>>

const plan = (actions: string[], before: Values | null, after: Values | null, unknown: Values = {}): Plan =>
  ({resource_changes: [{address: 'aws_sqs_queue.one', type: 'aws_sqs_queue', change: {actions, before, after, after_unknown: unknown}}]})
const difference = (attribute: string) => ({address: 'aws_sqs_queue.one', type: 'aws_sqs_queue', attribute})

describe('listDifferences', () => {
  it.each<[string, Plan, unknown[]]>([
    ['nothing in an empty plan', {}, []],
    ['nothing if nothing is done', plan(['no-op'], {name: 'a'}, {name: 'a'}), []],
    ['nothing if data is read', plan(['read'], null, {name: 'a'}), []],
    ['each attribute of an update', plan(['update'], {name: 'a', policy: {a: 1}, tags: []}, {name: 'b', policy: {a: 2}, tags: []}),
      [difference('name'), difference('policy')]],
    ['an attribute that is known after apply', plan(['update'], {arn: 'a'}, {}, {arn: true}), [difference('arn')]],
    ['a resource that is to be made', plan(['create'], null, {name: 'a'}), [difference('*')]],
    ['a resource that is to be replaced', plan(['delete', 'create'], {name: 'a'}, {name: 'b'}), [difference('*')]],
    ['a resource that is to be deleted', plan(['delete'], {name: 'a'}, null), [difference('*')]]
  ])('finds %s', (_what, given, found) => {
    expect(listDifferences(given)).toEqual(found)
  })
})

describe('judgeDifferences', () => {
  const known = [{type: 'aws_sqs_queue', attribute: 'policy', reason: 'moto changes its white space.'}]

  it('lets an explained difference pass', () => {
    expect(judgeDifferences([difference('policy')], known)).toEqual([])
  })

  it('names a difference that no one explained, and an explanation that is not needed', () => {
    expect(judgeDifferences([difference('name')], known)).toEqual([
      'The second plan still changes aws_sqs_queue.one: name.',
      'moto-differences.ts explains aws_sqs_queue.policy, which no longer differs: remove the entry.'
    ])
  })
})
