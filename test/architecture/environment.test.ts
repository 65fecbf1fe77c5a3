import {describe, expect, it} from '@jest/globals'
import {environmentNames, treeShaken} from './tree-shaken'
import {wired} from './wired'

const given = new Map(wired('aws_lambda_function').map(({function_name: name, environment: [environment]}) =>
  [name, Object.keys(environment.variables).sort()]))
/** By Node and by Powertools. */
const readByOthers = ['NODE_OPTIONS', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_SERVICE_NAME']
const names = [...given.keys()].sort()

describe('the environment', () => {
  it.each(names)('of %s has just the names that its code reads', async (name) => {
    const code = await treeShaken(name)
    const read = environmentNames().filter((variable) => new RegExp(`(?<![\\w.])["'\`]${variable}["'\`]`).test(code))
    expect(given.get(name)).toEqual([...read, ...readByOthers].sort())
  })

  it('gives every known name to some function', () => {
    expect([...new Set([...given.values()].flat())].filter((name) => !readByOthers.includes(name)).sort()).toEqual(environmentNames().sort())
  })

  it.each(names)('of %s is under the 4 KB that Lambda takes', (name) => {
    const variables = wired('aws_lambda_function').find((one) => one.function_name === name)!.environment[0].variables
    expect(JSON.stringify(variables).length).toBeLessThan(4_096)
  })
})
