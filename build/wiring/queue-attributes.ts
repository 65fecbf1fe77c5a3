import {trustedJson} from '../../shared/json'

interface Answer {
  readonly Attributes?: Readonly<Record<string, unknown>>
}

/** moto writes a redrive policy with spaces, AWS without: to the provider that is another policy. Any other answer stays as it is. */
export const withoutSpaces = (answer: string): string => {
  const found = /"RedrivePolicy"/.test(answer) ? trustedJson<Answer>(answer) : {}
  const policy = found.Attributes?.['RedrivePolicy']
  return typeof policy === 'string' ? JSON.stringify({...found, Attributes: {...found.Attributes, RedrivePolicy: JSON.stringify(JSON.parse(policy))}}) : answer
}
