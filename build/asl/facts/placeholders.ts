import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** What the HCL below a root hands to the template of a file, by placeholder; undefined if no HCL uses the file. */
export const readPlaceholders = (root: string, file: string): Record<string, string | undefined> | undefined => {
  const texts = globSync('terraform/*.tf', {cwd: root}).map((path) => readFileSync(join(root, path), 'utf8'))
  const values = texts.flatMap((text) => [...text.matchAll(/templatefile\("([^"]+)", \{([\s\S]*?)\n\s*\}\)/g)])
    .find(([, path]) => path!.endsWith(`/${file}`))?.[2]
  return values === undefined
    ? undefined
    : Object.fromEntries(
        [...values.matchAll(/^\s+(\w+)\s+= (.+)$/gm)].map(([, name, value]) => [name!, /^"([^"$]*)"$/.exec(value!)?.[1]]))
}
