import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {readRows} from '../../runtime/core/store'
import type {Passage} from './input'

/** A passage with its place in the store and what was tried so far. */
export interface Delivery extends Passage {
  readonly id: number
  readonly attempts: number
  readonly due: number
  /** The event came from another bus: it goes no further than this one. */
  readonly forwarded: boolean
}

export interface DeliveriesTable {
  add: (passage: Passage, forwarded: boolean, due: number) => Delivery
  postpone: (delivery: Delivery) => void
  erase: (delivery: Delivery) => void
  all: () => Delivery[]
}

interface Row {
  readonly id: number
  readonly passage: string
  readonly forwarded: number
  readonly attempts: number
  readonly due: number
}

/** Deliveries that are not over yet. */
export const openDeliveries = (db: DatabaseSync, table = 'events_deliveries'): DeliveriesTable => {
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    id INTEGER PRIMARY KEY AUTOINCREMENT, passage TEXT NOT NULL, forwarded INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL)`)
  const insert = db.prepare(`INSERT INTO ${table} (passage, forwarded, attempts, due) VALUES (?, ?, 0, ?)`)
  const update = db.prepare(`UPDATE ${table} SET attempts = ?, due = ? WHERE id = ?`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`)
  const select = db.prepare(`SELECT id, passage, forwarded, attempts, due FROM ${table} ORDER BY id`)
  return {
    add: (passage, forwarded, due) => {
      const id = Number(insert.run(JSON.stringify(passage), Number(forwarded), due).lastInsertRowid)
      return {...passage, id, attempts: 0, due, forwarded}
    },
    postpone: ({id, attempts, due}) => { update.run(attempts, due, id) },
    erase: ({id}) => { remove.run(id) },
    all: () => readRows<Row>(select)
      .map(({passage, forwarded, ...row}) => ({...trustedJson<Passage>(passage), ...row, forwarded: forwarded === 1}))
  }
}
