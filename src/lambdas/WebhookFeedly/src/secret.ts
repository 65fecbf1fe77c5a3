import {createHash, timingSafeEqual} from 'node:crypto'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import type {ApiEvent} from '../../../util/http-api'
import {secret} from '../../../util/secret'

const expectedToken = async (): Promise<string> => {
  const name = env('FEEDLY_TOKEN_PARAMETER')
  const token = await secret(name)
  if (token === undefined) {
    throw new NamedError('EnvironmentError', `Expected the SSM parameter ${name} to hold Feedly's token; it is missing or empty.`)
  }
  return token
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Feedly sends the header that its webhook was registered with as it stands, so `Bearer` is optional. Throws UnauthorizedError. */
export const authenticate = async ({headers}: ApiEvent): Promise<void> => {
  const given = headers['x-feedly-token'] ?? headers.authorization?.replace(/^Bearer\s+/i, '')
  if (given === undefined || !timingSafeEqual(digest(given), digest(await expectedToken()))) {
    throw new NamedError(
      'UnauthorizedError', 'The token of the webhook is missing or wrong. Send it in the header Authorization or X-Feedly-Token.'
    )
  }
}
