import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

/** Text by path from the root. */
export type Files = Readonly<Record<string, string>>

/** Writes new files. Throws before it writes any if one is there already. */
export const createFiles = (root: string, files: Files): string[] => {
  const there = Object.keys(files).filter((path) => existsSync(join(root, path)))
  if (there.length > 0) {
    throw new Error(`Expected new files only; there is already ${there.join(', ')}.`)
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), {recursive: true})
    writeFileSync(join(root, path), text)
  }
  return Object.keys(files)
}
