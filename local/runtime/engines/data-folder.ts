import {randomBytes} from 'node:crypto'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {asObject} from '../../../shared/json'
import {StartError} from '../../../shared/start-error'
import {openStore} from '../core/store'

/** Where a runtime keeps everything. */
export interface DataFolder {
  readonly path: string
  readonly isKept: boolean
  readonly db: DatabaseSync
  close: () => void
}

const isLocked = (error: unknown): boolean => asObject(error)['errcode'] === 5 || /locked|busy/.test(String(error))

const holder = (path: string): string => {
  try {
    return ` (process ${readFileSync(path, 'utf8').trim()})`
  } catch {
    return ''
  }
}

/** The lock is SQLite's own: the system drops it with the process, however that ends. Throws StartError if another one has it. */
const lock = (folder: string): DatabaseSync => {
  const db = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    if (!isLocked(cause)) {
      throw cause
    }
    throw new StartError(`Another runtime${holder(join(folder, 'lock.pid'))} uses the data in ${folder}. `
      + 'Stop it, or choose another folder with --data.', {cause})
  }
  writeFileSync(join(folder, 'lock.pid'), `${process.pid}\n`)
  return db
}

const openKept = (path: string): DataFolder => {
  mkdirSync(path, {recursive: true})
  const held = lock(path)
  const db = openStore(join(path, 'store.sqlite'))
  return {
    path, isKept: true, db, close: () => {
      db.close()
      held.close()
    }
  }
}

const openTemporary = (): DataFolder => {
  const path = mkdtempSync(join(tmpdir(), 'media-downloader-'))
  const db = openStore(':memory:')
  return {
    path, isKept: false, db, close: () => {
      db.close()
      rmSync(path, {recursive: true, force: true})
    }
  }
}

/** Opens a folder, or one that goes when it is closed. Throws if another runtime has it. */
export const openDataFolder = (path: string | undefined): DataFolder => path === undefined ? openTemporary() : openKept(path)

/** The secret that links are signed with: one a data folder, so that they stay valid over a restart. */
export const linkSecret = (db: DatabaseSync): string => {
  db.exec('CREATE TABLE IF NOT EXISTS runtime_secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT')
  db.prepare('INSERT OR IGNORE INTO runtime_secrets VALUES (\'links\', ?)').run(randomBytes(30).toString('base64'))
  return String(db.prepare('SELECT value FROM runtime_secrets WHERE name = \'links\'').get()!['value'])
}
