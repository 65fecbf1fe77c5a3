import {isObject, type Json} from '../../shared/json'

/** A secret that a stack reads by the name of its parameter. */
export interface Secret {
  readonly name: string
  /** Variable of the configuration that holds the parameter's name. */
  readonly variable: string
  /** Last part of the name if the variable says nothing. */
  readonly parameter: string
  /** Whether the stack has what it is for only if the variable names it. */
  readonly optIn: boolean
  /** Keys that its JSON has to have; none: any text. */
  readonly keys: readonly string[]
}

export const secrets: readonly Secret[] = [
  {name: 'apns', variable: 'apns_parameter', parameter: 'Apns', optIn: true, keys: ['signing_key', 'key_id', 'team_id', 'bundle_id']},
  {name: 'fcm_service_account', variable: 'fcm_service_account_parameter', parameter: 'FcmServiceAccount', optIn: true, keys: ['project_id', 'client_email', 'private_key']},
  {name: 'feedly_token', variable: 'feedly_token_parameter', parameter: 'FeedlyToken', optIn: false, keys: []},
  {name: 'yt_dlp_cookies', variable: 'yt_dlp_cookies_parameter', parameter: 'YtDlpCookies', optIn: false, keys: []}
]

const parsed = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What is wrong with the value of a secret, as the end of a sentence that never shows the value; undefined: nothing. */
export const secretProblem = ({keys}: Secret, value: string): string | undefined => {
  if (value.trim() === '') {
    return 'is empty'
  }
  if (keys.length === 0) {
    return undefined
  }
  const json = parsed(value)
  const lacking = keys.filter((key) => typeof json?.[key] !== 'string')
  return lacking.length === 0 ? undefined : `has to be JSON with ${keys.join(', ')}; it lacks ${lacking.join(', ')}`
}

/** Name of a secret's parameter in a stack. */
export const parameterName = ({variable, parameter}: Secret, {suffix, text}: {readonly suffix: string, text: (setting: string) => string}): string =>
  text(variable) || `/MediaDownloader${suffix}/${parameter}`
