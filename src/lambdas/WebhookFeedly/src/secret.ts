import {createHash, timingSafeEqual} from 'node:crypto'
import {getParameter} from '../../../lib/vendor/AWS/SSM'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import type {ApiEvent} from '../../../util/http-api'

const cacheMilliseconds = 5 * 60_000

let cached: {readonly token: string, readonly until: number} | undefined

const expectedToken = async (): Promise<string> => {
  if (cached === undefined || cached.until <= Date.now()) {
    const name = env('FEEDLY_TOKEN_PARAMETER')
    const {Parameter} = await getParameter({Name: name, WithDecryption: true})
    if (!Parameter?.Value) {
      throw new NamedError('EnvironmentError', `Expected the SSM parameter ${name} to hold Feedly's token; it is empty.`)
    }
    cached = {token: Parameter.Value, until: Date.now() + cacheMilliseconds}
  }
  return cached.token
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Feedly sends the header that its webhook was registered with as it stands, so `Bearer` is optional. Throws UnauthorizedError. */
export const authenticate = async ({headers}: ApiEvent): Promise<void> => {
  const given = headers['x-feedly-token'] ?? headers.authorization?.replace(/^Bearer\s+/i, '')
  if (given === undefined || !timingSafeEqual(digest(given), digest(await expectedToken()))) {
    throw new NamedError('UnauthorizedError', 'Expected the webhook\'s token in the header Authorization or X-Feedly-Token.')
  }
}
