import {rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

const header = '# Netscape HTTP Cookie File\n'

/** Domains for which cookies in the Netscape format are, each once; none if the text is not in it. */
export const cookieDomains = (cookies: string): string[] => {
  const lines = cookies.split(/\r?\n/).map((line) => line.replace(/^#HttpOnly_/, '')).filter((line) => line !== '' && !line.startsWith('#'))
  return [...new Set(lines.map((line) => line.split('\t')).filter((fields) => fields.length >= 7)
    .map(([domain = '']) => domain.replace(/^\./, '').toLowerCase()))]
}

/**
 * Does `work` with the arguments that hand cookies to yt-dlp. It takes them from a file alone: one in its own folder that only we can read,
 * and that is gone as soon as it has ended, with what yt-dlp wrote back.
 */
export const withCookieFile = async <T>(
  folder: string, cookies: string | undefined, work: (args: readonly string[]) => Promise<T>
): Promise<T> => {
  if (cookies === undefined) {
    return work([])
  }
  const path = join(folder, 'cookies.txt')
  try {
    await writeFile(path, (cookies.startsWith('# ') ? '' : header) + cookies.trimEnd() + '\n', {mode: 0o600, flag: 'wx'})
    return await work(['--cookies', path])
  } finally {
    await rm(path, {force: true})
  }
}
