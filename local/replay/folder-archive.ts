import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../shared/json'
import type {EventEnvelope} from '../runtime/core/types'
import type {Window} from './window'

/** Events that the embedded archive has in a folder, oldest first, also while a runtime is at work there. Throws if the folder has none. */
export const readFolderArchive = (folder: string, {from, to}: Window): EventEnvelope[] => {
  const path = join(folder, 'store.sqlite')
  if (!existsSync(path)) {
    throw new Error(`Expected the data of a runtime in ${folder}; there is none. Name its folder with --data, or take events from --from-file or --aws.`)
  }
  const db = new DatabaseSync(path, {readOnly: true})
  try {
    const rows = db.prepare('SELECT event FROM events_archived WHERE time BETWEEN ? AND ? ORDER BY time, id').all(from, to)
    return rows.map(({event}) => trustedJson<EventEnvelope>(String(event)))
  } finally {
    db.close()
  }
}
