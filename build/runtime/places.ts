import {readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import type {OnLoadArgs, OnLoadResult, Plugin} from 'esbuild'

const ownPlace = /\bimport\.meta\.(?:dirname|url)\b/g

/** What a source says of its place, said from the folder of the bundle. */
const fromBundle = (root: string, folder: string, path: string): Readonly<Record<string, string>> => {
  const up = relative(folder, root)
  return {
    'import.meta.dirname': `__join(import.meta.dirname, ${JSON.stringify(join(up, relative(root, dirname(path))))})`,
    'import.meta.url': `new URL(${JSON.stringify(join(up, relative(root, path)))}, import.meta.url).href`
  }
}

/**
 * Lets our sources name files by their own place although they are bundled: `import.meta.dirname` is the folder of the source, not of
 * the bundle in `folder`. Banner of the bundle: `placesBanner`.
 */
export const sourcePlaces = (root: string, folder: string): Plugin => ({
  name: 'source-places',
  setup: (own) => own.onLoad({filter: /\.ts$/}, ({path}: OnLoadArgs): OnLoadResult | undefined => {
    const text = path.includes('/node_modules/') ? '' : readFileSync(path, 'utf8')
    const places = fromBundle(root, folder, path)
    return text.search(ownPlace) === -1 ? undefined : {loader: 'ts', contents: text.replace(ownPlace, (place) => places[place]!)}
  })
})

export const placesBanner = 'import {join as __join} from \'node:path\';'
