import {join} from 'node:path'
import {context} from 'esbuild'
import {writeFile} from '../bundle/write-file'
import {consoleOptions, consoleOutputs} from '../console/compile'
import type {Builder} from './functions'

/** Builds the console below a root into `<dist>/console`. Parts of earlier builds stay, for pages that are open. */
export const consoleBuilder = async (root: string, dist: string): Promise<Builder> => {
  const page = await context(consoleOptions(root))
  return {
    rebuild: async () => {
      const {outputs} = consoleOutputs(root, await page.rebuild())
      const written = outputs.filter(({name, contents}) => writeFile(join(dist, 'console', name), contents))
      return written.length === 0 ? [] : ['console']
    },
    dispose: () => page.dispose()
  }
}
