import {readFileSync} from 'node:fs'
import type {Plugin} from 'esbuild'

/** Its index requires its actions by a computed name without an ending; with one, esbuild finds them. */
export const dynaliteActions: Plugin = {
  name: 'dynalite-actions',
  setup: (own) => own.onLoad({filter: /[\\/]dynalite[\\/]index\.js$/}, ({path}) => {
    const text = readFileSync(path, 'utf8')
    const contents = text.replaceAll(/require\(('\.\/(?:actions|validations)\/') \+ action\)/g, 'require($1 + action + \'.js\')')
    if (contents === text) {
      throw new Error(`Expected ${path} to require its actions by a computed name; it does not. Adapt build/runtime/dynalite.ts.`)
    }
    return {loader: 'js', contents}
  })
}
