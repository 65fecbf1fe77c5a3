import {createHash} from 'node:crypto'
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

const inputs = ['terraform/**/*.tf', 'terraform/workflows/*.asl.json', 'src/types/events/*/schema.json']

/** One digest of every file that decides what is wired to what; local/wiring.json records it. */
export const digestInputs = (root: string): string => {
  const hash = createHash('sha256')
  const paths = globSync(inputs, {cwd: root, exclude: (path) => /\.terraform|\/(tests|bootstrap)(\/|$)/.test(path)})
    .filter((path) => path !== 'terraform/backend.tf').sort()
  for (const path of paths) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path))).update('\0')
  }
  return `sha256:${hash.digest('hex')}`
}
