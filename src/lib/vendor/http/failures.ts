import {NamedError, type ErrorName} from '../../../util/errors'

/** What a failed connection means, by Node's error code; the first row that fits. What no row knows is taken for a passing trouble. */
const failures: ReadonlyArray<readonly [code: RegExp, name: ErrorName, what: string]> = [
  [/^(?:ENOTFOUND|ENODATA|EAI_NONAME|EAI_NODATA)$/, 'UnknownHostError', 'there is no such host; check the spelling of the URL'],
  [/^(?:EAI_AGAIN|EAI_FAIL|ESERVFAIL|ETIMEOUT)$/, 'TransientSourceError', 'its name could not be looked up just now'],
  [/^ECONNREFUSED$/, 'TransientSourceError', 'it refused the connection'],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, 'TransientSourceError', 'it broke the connection'],
  [/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/, 'TransientSourceError', 'it could not be reached'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/, 'UnsupportedSourceError', 'its TLS certificate does not verify'],
  [/^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/, 'UnsupportedSourceError', 'it does not speak TLS as it should'],
  [/^HPE_/, 'UnsupportedSourceError', 'it does not speak HTTP as it should'],
  [/^ERR_INVALID_(?:CHAR|HTTP_TOKEN|URL)$|^ERR_UNESCAPED_CHARACTERS$/, 'UnsupportedSourceError', 'the request cannot be sent as it stands']
]

const fieldsOf = (error: unknown): Partial<NodeJS.ErrnoException> => typeof error === 'object' && error !== null ? error : {}

/** The named error of a connection that failed; an error that has a name of ours stays what it is. */
export const connectionError = (cause: unknown, host: string): NamedError => {
  if (cause instanceof NamedError) {
    return cause
  }
  const {code = ''} = fieldsOf(cause)
  const [, name, what] = failures.find(([pattern]) => pattern.test(code)) ?? [/./, 'TransientSourceError', 'the connection failed'] as const
  return new NamedError(name, `Expected an answer of ${host}; ${what}${code === '' ? '' : ` (${code})`}.`, {cause})
}

/** What `failures` takes for an answer that is no HTTP: a code as Node's own parser gives it. */
export const protocolError = (code: string, what: string): Error =>
  Object.assign(new Error(`Expected an answer as HTTP/1.1 has it; ${what}.`), {code: `HPE_INVALID_${code}`})

/** A connection that ended in good order before the answer did; as node:http has it. */
export const endedEarly = (): Error => Object.assign(new Error('aborted'), {code: 'ECONNRESET'})

/** Whether the peer ended the connection in good order, so that a missing rest is the answer's fault and not the network's. */
export const isOrderlyEnd = (error: unknown): boolean => {
  const {code, syscall} = fieldsOf(error)
  return code === 'ECONNRESET' && syscall === undefined
}
