import {randomUUID} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {ServiceError} from '../../runtime/core/errors'
import {readRow, readRows} from '../../runtime/core/store'
import type {PlatformApplication} from './applications'

/** A device as SNS knows it. */
export interface Endpoint {
  readonly arn: string
  readonly application_arn: string
  readonly platform: string
  readonly token: string
  readonly enabled: number
  readonly user_data: string
}

export interface EndpointAttributes {
  readonly token: string
  readonly enabled: boolean
  readonly userData: string
}

const schema = `CREATE TABLE IF NOT EXISTS sns_endpoints (
  arn TEXT PRIMARY KEY, application_arn TEXT NOT NULL, platform TEXT NOT NULL, token TEXT NOT NULL,
  enabled INTEGER NOT NULL, user_data TEXT NOT NULL, UNIQUE (application_arn, token)
) STRICT`

/** The endpoints of all platform applications; the rules of https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html */
export interface Endpoints {
  /** Returns the endpoint that exists with these attributes. Throws InvalidParameter if one has the token but other attributes. */
  create: (application: PlatformApplication, attributes: EndpointAttributes) => string
  find: (arn: string) => Endpoint | undefined
  update: (arn: string, attributes: EndpointAttributes) => void
  remove: (arn: string) => void
  of: (applicationArn: string) => Endpoint[]
  all: () => Endpoint[]
}

const newArn = (applicationArn: string): string => `${applicationArn.replace(':app/', ':endpoint/')}/${randomUUID()}`

const same = (endpoint: Endpoint, {enabled, userData}: EndpointAttributes): boolean =>
  endpoint.enabled === Number(enabled) && endpoint.user_data === userData

const taken = (arn: string): ServiceError =>
  new ServiceError('InvalidParameter', `Invalid parameter: Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`)

export const openEndpoints = (db: DatabaseSync): Endpoints => {
  db.exec(schema)
  const byToken = db.prepare('SELECT * FROM sns_endpoints WHERE application_arn = ? AND token = ?')
  const byArn = db.prepare('SELECT * FROM sns_endpoints WHERE arn = ?')
  const insert = db.prepare('INSERT INTO sns_endpoints VALUES (?, ?, ?, ?, ?, ?)')
  const update = db.prepare('UPDATE sns_endpoints SET token = ?, enabled = ?, user_data = ? WHERE arn = ?')
  const remove = db.prepare('DELETE FROM sns_endpoints WHERE arn = ?')
  const list = db.prepare('SELECT * FROM sns_endpoints WHERE application_arn = ? ORDER BY rowid')
  const listAll = db.prepare('SELECT * FROM sns_endpoints ORDER BY rowid')
  const find = (arn: string): Endpoint | undefined => readRow(byArn, arn)
  const owner = (applicationArn: string, token: string): Endpoint | undefined => readRow(byToken, applicationArn, token)
  return {
    find,
    create: (application, attributes) => {
      const existing = owner(application.arn, attributes.token)
      if (existing !== undefined && !same(existing, attributes)) {
        throw taken(existing.arn)
      }
      const arn = existing?.arn ?? newArn(application.arn)
      if (existing === undefined) {
        insert.run(arn, application.arn, application.platform, attributes.token, Number(attributes.enabled), attributes.userData)
      }
      return arn
    },
    update: (arn, {token, enabled, userData}) => {
      const holder = owner(find(arn)?.application_arn ?? '', token)
      if (holder !== undefined && holder.arn !== arn) {
        throw taken(holder.arn)
      }
      update.run(token, Number(enabled), userData, arn)
    },
    remove: (arn) => { remove.run(arn) },
    of: (applicationArn) => readRows(list, applicationArn),
    all: () => readRows(listAll)
  }
}
