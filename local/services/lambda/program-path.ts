import {homedir} from 'node:os'
import {join, resolve} from 'node:path'

/** A program as the user named it: a name that is looked for on the PATH, else an absolute path, from the user's folder and with `~` for their home. */
export const programPath = (named: string, {folder = process.env['INIT_CWD'] ?? process.cwd(), home = homedir()}: {folder?: string, home?: string} = {}): string => {
  if (named === '~' || named.startsWith('~/')) {
    return join(home, named.slice(1))
  }
  return /[\\/]/.test(named) ? resolve(folder, named) : named
}
