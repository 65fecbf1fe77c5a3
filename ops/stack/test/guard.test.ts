import {globSync, readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {categories, categoriesIn, countChanges, refusalsIn, listRefusals} from '../guard'

const change = (type: string, actions: readonly string[], mode = 'managed') => ({address: `${type}.One`, mode, type, change: {actions}})

describe('A plan', () => {
  it.each(Object.entries(categories).flatMap(([category, {types}]) => types.map((type) => [type, category])))('that deletes %s is refused by the name of %s', (type, category) => {
    for (const actions of [['delete'], ['delete', 'create'], ['create', 'delete']]) {
      const plan = {resource_changes: [change(type, actions)]}
      expect(listRefusals(plan, new Set())).toEqual([expect.stringMatching(new RegExp(`${type}\\.One.*--allow-destroy ${category}\\.$`))])
      expect(listRefusals(plan, categoriesIn([category]))).toEqual([])
    }
  })

  it('that changes, makes or leaves them is not, nor one that deletes something else', () => {
    const plan = {resource_changes: [
      change('aws_dynamodb_table', ['update']), change('aws_s3_bucket', ['create']), change('aws_sns_platform_application', ['no-op']),
      change('aws_sqs_queue', ['delete']), change('aws_s3_bucket', ['delete'], 'data')
    ]}
    expect(listRefusals(plan, new Set())).toEqual([])
    expect(countChanges(plan)).toEqual({add: 1, change: 1, destroy: 1})
  })

  it('that needs leave for one kind has it for no other', () => {
    expect(listRefusals({resource_changes: [change('aws_s3_bucket', ['delete'])]}, categoriesIn(['push,authorizer']))).toHaveLength(1)
  })

  it('that is empty is not refused', () => {
    expect([listRefusals({}, new Set()), countChanges({})]).toEqual([[], {add: 0, change: 0, destroy: 0}])
  })
})

describe('What a program printed of prevent_destroy', () => {
  it('is told as well, of Terraform\'s words and of OpenTofu\'s', () => {
    const terraform = 'Resource aws_sns_platform_application.Apns[0] has\nlifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.'
    const tofu = 'Resource instance module.EventBus.aws_cloudwatch_event_archive.this has prevent_destroy set, but the plan\ncalls for it to be destroyed.'
    expect(refusalsIn(`${terraform}\n\n${tofu}`)).toEqual([
      expect.stringMatching(/module\.EventBus\.aws_cloudwatch_event_archive\.this.*--allow-destroy data/),
      expect.stringMatching(/aws_sns_platform_application\.Apns\[0\].*--allow-destroy push/)
    ])
  })

  it('is nothing if it printed something else', () => {
    expect(refusalsIn('Error: no valid credential sources found')).toEqual([])
  })
})

describe('--allow-destroy', () => {
  it('takes kinds, several with commas or one after the other, and nothing', () => {
    expect([...categoriesIn(['data, push', 'authorizer', ''])]).toEqual(['data', 'push', 'authorizer'])
  })

  it.each(['everything', 'toString', 'Data'])('does not take %s', (kind) => {
    expect(() => categoriesIn([kind])).toThrow(`'${kind}' is none of them`)
  })
})

describe('prevent_destroy', () => {
  const hcl = globSync('terraform/{*.tf,modules/*/*.tf}').sort()
  const told = (path: string, type = '', name = ''): string => `${path.slice('terraform/'.length).replace(/[^/]*$/, '')} ${type} ${name}`
  const guarded = hcl.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^resource "(\w+)" "(\w+)" \{(?:(?!^\})[\s\S])*?prevent_destroy = true/gm)]
    .map(([, type, name]) => told(path, type, name))).sort()
  const types = Object.entries(categories).flatMap(([, each]) => each.types as readonly string[])

  it('is on every resource of these kinds', () => {
    const all = hcl.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^resource "(\w+)" "(\w+)"/gm)]
      .filter(([, type]) => types.includes(type!)).map(([, type, name]) => told(path, type, name))).sort()
    expect(guarded).toEqual(all)
    expect(guarded.length).toBe(types.length + 1)
  })

  it('is lifted by just the overrides of its kind, each where its resource is', () => {
    const lifted = globSync('terraform/allow_destroy/**/*.tf.txt').flatMap((path) => {
      const [category, ...place] = path.slice('terraform/allow_destroy/'.length).split('/')
      return [...readFileSync(path, 'utf8').matchAll(/^resource "(\w+)" "(\w+)" \{\n {2}lifecycle \{\n {4}prevent_destroy = false\n {2}\}\n\}/gm)]
        .map(([, type, name]) => ({
          kind: Object.entries(categories).find(([, each]) => (each.types as readonly string[]).includes(type!))?.[0] === category,
          resource: told(`terraform/${place.join('/')}`, type, name)
        }))
    })
    expect(lifted.map(({resource}) => resource).sort()).toEqual(guarded)
    expect(lifted.filter(({kind}) => !kind)).toEqual([])
  })
})
