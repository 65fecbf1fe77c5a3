import {asList} from '../../../../shared/json'

/** Which attempt of which frame a task token stands for. */
export interface TokenParts {
  readonly execution: string
  readonly frame: number
  readonly attempt: string
}

export const encodeToken = ({execution, frame, attempt}: TokenParts): string => Buffer.from(JSON.stringify([execution, frame, attempt])).toString('base64url')

/** Undefined for what is no token. */
export const decodeToken = (token: string): TokenParts | undefined => {
  try {
    const [execution, frame, attempt] = asList(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')))
    return typeof execution === 'string' && typeof frame === 'number' && typeof attempt === 'string' ? {execution, frame, attempt} : undefined
  } catch {
    return undefined
  }
}
