import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {text} from 'node:stream/consumers'
import {expect, it} from '@jest/globals'

it('A program whose reader has gone ends without a word', async () => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', 'tsx', 'ops/main.ts', '-h'], {stdio: ['ignore', 'pipe', 'pipe']})
  child.stdout.destroy()
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect({errors, code: code as number}).toEqual({errors: '', code: 0})
})
