import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {generate} from './contracts/generate'

const root = join(import.meta.dirname, '..')
const current = (path: string): string | undefined => {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

const main = async (checkOnly: boolean): Promise<number> => {
  const {files, problems} = await generate(root)
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    return 1
  }
  const stale = [...files].filter(([path, text]) => current(path) !== text)
  if (checkOnly && stale.length > 0) {
    console.error(`Stale: ${stale.map(([path]) => path).join(', ')}. Run npm run contracts and commit what it writes.`)
    return 1
  }
  for (const [path, text] of stale) {
    writeFileSync(join(root, path), text)
    console.log(`wrote ${path}`)
  }
  if (stale.length === 0) {
    console.log(`${files.size} generated files are fresh.`)
  }
  return 0
}

process.exitCode = await main(process.argv.includes('--check'))
