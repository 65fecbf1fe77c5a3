import {asObject} from '../../shared/json'

/** Status and JSON of an address; JSON is undefined if the answer is not JSON. */
export interface Document {
  readonly status: number
  readonly json: unknown
}

export type Fetch = (url: string) => Promise<Document>

/** What an issuer is good for. `silent`: no one answered, so this machine cannot tell. */
export interface Verdict {
  readonly kind: 'right' | 'wrong' | 'silent'
  readonly sentence: string
}

const patienceMs = 10_000

/** Fetches an address as API Gateway does: without following redirects. */
export const fetchDocument: Fetch = async (url) => {
  const response = await fetch(url, {signal: AbortSignal.timeout(patienceMs), redirect: 'manual'})
  return {status: response.status, json: await response.json().catch(() => undefined)}
}

const right = (sentence: string): Verdict => ({kind: 'right', sentence})
const wrong = (sentence: string): Verdict => ({kind: 'wrong', sentence})

/** Why fetch failed: its own message is "fetch failed" and no more. */
const readReason = (error: unknown): string => {
  const {message, cause} = asObject(error)
  return String(asObject(cause)['message'] || asObject(cause)['code'] || message)
}

/** The keys that tokens are verified with. */
const judgeKeys = async (issuer: string, address: unknown, get: Fetch): Promise<Verdict> => {
  if (typeof address !== 'string' || !/^https?:\/\//.test(address)) {
    return wrong(`The discovery document of ${issuer} names no jwks_uri, so no token of it can be verified.`)
  }
  const {status, json} = await get(address)
  const keys = asObject(json)['keys']
  return status === 200 && Array.isArray(keys) && keys.length > 0
    ? right(`${issuer}, ${keys.length === 1 ? 'one key' : `${keys.length} keys`} at ${address}`)
    : wrong(`The issuer ${issuer} has no keys at ${address} (HTTP ${status}), so no token of it can be verified.`)
}

const judgeDiscovery = async (issuer: string, get: Fetch): Promise<Verdict> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const {status, json} = await get(address)
  if (status !== 200 || typeof json !== 'object' || json === null) {
    return wrong(`There is no discovery document at ${address} (HTTP ${status}): API Gateway would refuse the authorizer. Check jwt_issuer.`)
  }
  const {issuer: said, jwks_uri: keys} = asObject(json)
  return said === issuer
    ? judgeKeys(issuer, keys, get)
    : wrong(`The discovery document at ${address} says that its issuer is ${String(said)}: jwt_issuer has to be that, to the last slash, and is ${issuer}.`)
}

/** Asks the issuer of `jwt_issuer` for its discovery document and its keys (OpenID Connect Discovery 1.0, 4), as API Gateway does. Never throws. */
export const judgeIssuer = async (issuer: string, get: Fetch = fetchDocument): Promise<Verdict> =>
  judgeDiscovery(issuer, get).catch((error: unknown) => ({kind: 'silent', sentence: `The issuer ${issuer} does not answer this machine: ${readReason(error)}.`}))
