import {trustedJson} from '../../shared/json'
import type {Answer} from './call'

interface Configuration {
  readonly FunctionName?: string
  readonly KMSKeyArn?: string
}

interface Described {
  readonly Configuration?: Configuration
}

/** Remembers the key of each function's environment, which moto takes and forgets: every plan would set it again. */
export const functionKeys = (motoPort: number): Answer => {
  const keys = new Map<string, string>()
  return async ({method, url, headers, body}) => {
    const [matched, name, rest] = /^\/2015-03-31\/functions(?:\/([^/]+))?(\/configuration)?\/?$/.exec(url.pathname) ?? []
    if (matched === undefined) {
      return undefined
    }
    if ((method === 'POST' && name === undefined) || (method === 'PUT' && rest !== undefined)) {
      const {FunctionName, KMSKeyArn} = trustedJson<Configuration>(body.toString('utf8'))
      // What an update leaves out stays; '' takes the key away.
      if (KMSKeyArn !== undefined || name === undefined) {
        keys.set(name ?? FunctionName ?? '', KMSKeyArn ?? '')
      }
      return undefined
    }
    const KMSKeyArn = method === 'GET' && rest === undefined && name !== undefined ? keys.get(name) ?? '' : ''
    if (KMSKeyArn === '') {
      return undefined
    }
    const answer = await fetch(`http://127.0.0.1:${motoPort}${url.pathname}${url.search}`, {headers: {authorization: headers.authorization ?? ''}})
    const {Configuration, ...more} = trustedJson<Described>(await answer.text())
    const described = Configuration === undefined ? more : {...more, Configuration: {...Configuration, KMSKeyArn}}
    return {status: answer.status, headers: {'content-type': 'application/json'}, body: JSON.stringify(described)}
  }
}
