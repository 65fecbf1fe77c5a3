import {describe, expect, it} from '@jest/globals'
import {ops} from '../../../test/helpers/ops'
import {categoriesIn} from '../guard'

describe('npm run ops -- stack', () => {
  it('takes an empty --allow-destroy for none, as a workflow gives it, and kinds with commas or one after the other', () => {
    expect([categoriesIn(['']), categoriesIn(['push', 'data'])]).toEqual([new Set(), new Set(['push', 'data'])])
  })

  it.each([
    [[], 'Say which command'], [['fly'], 'There is no command \'fly\''], [['plan', 'dev', 'prod'], 'stack plan takes no \'prod\''], [['run', 'dev'], 'behind --'],
    [['plan'], 'Say which environment: dev, prod'], [['plan', 'dev', '--var', 'orchestration=parallel'], 'Unknown option \'--var\''], [['output', 'dev', 'a', 'b'], 'takes no \'b\'']
  ])('refuses %j in a sentence', async (args, message) => {
    expect(await ops('stack', ...args)).toEqual({code: 2, out: '', err: expect.stringMatching(new RegExp(`^.*${message}.*\n$`))})
  })
})
