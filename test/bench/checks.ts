import {execFileSync} from 'node:child_process'
import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {bench} from './frame'
import {row} from './rows'

const root = join(import.meta.dirname, '../..')

/** Where each keeps what it found. */
const checks = [{name: 'types', cache: 'node_modules/.cache/tsc'}, {name: 'lint', cache: 'node_modules/.cache/eslint'}] as const

const seconds = (name: string): number => {
  const startedAt = performance.now()
  execFileSync('npm', ['run', '--silent', name], {cwd: root, stdio: ['ignore', 'ignore', 'inherit']})
  return (performance.now() - startedAt) / 1000
}

await bench('checks', async ({runs}) => checks.map(({name, cache}) => {
  const pairs = Array.from({length: runs}, () => {
    rmSync(join(root, cache), {recursive: true, force: true})
    return {first: seconds(name), second: seconds(name)}
  })
  return row({what: `npm run ${name}, with nothing changed`, unit: 's', target: {ratio: 0.3}}, pairs.map(({second}) => second),
    {with: 'its first run', values: pairs.map(({first}) => first)})
}), 1)
