import {NamedError, type ErrorName} from '../../util/errors'

const again = 'Try again later.'

/**
 * What a failed connection means, by Node's error code, and what to do; the first row that fits. What no row knows is taken for a passing
 * trouble.
 */
const failures: ReadonlyArray<readonly [code: RegExp, name: ErrorName, what: string, advice: string]> = [
  [/^(?:ENOTFOUND|ENODATA|EAI_NONAME|EAI_NODATA)$/, 'UnknownHostError', 'is a host that does not exist', 'Check the spelling of the link.'],
  [/^(?:EAI_AGAIN|EAI_FAIL|ESERVFAIL|ETIMEOUT)$/, 'TransientSourceError', 'could not be looked up by its name just now', again],
  [/^ECONNREFUSED$/, 'TransientSourceError', 'refused the connection', again],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, 'TransientSourceError', 'broke the connection', again],
  [/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/, 'TransientSourceError', 'could not be reached', again],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/, 'UnsupportedSourceError',
    'has a TLS certificate that cannot be verified', 'Check the address; if it is right, only the owner of the host can fix that.'
  ],
  [/^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/,
    'UnsupportedSourceError', 'does not speak TLS correctly', 'Check whether the address begins with http instead of https.'],
  [/^HPE_/, 'UnsupportedSourceError',
    'does not speak HTTP correctly', 'Check the address and its port; if they are right, only the owner of the host can fix that.'],
  [
    /^ERR_INVALID_(?:CHAR|HTTP_TOKEN|URL)$|^ERR_UNESCAPED_CHARACTERS$/, 'UnsupportedSourceError',
    'cannot be requested in the way that its page demands', 'Look for the file under another address.'
  ]
]

const readErrorFields = (error: unknown): Partial<NodeJS.ErrnoException> => typeof error === 'object' && error !== null ? error : {}

/** The named error of a connection that failed; an error that has a name of ours stays what it is. */
export const connectionError = (cause: unknown, host: string): NamedError => {
  if (cause instanceof NamedError) {
    return cause
  }
  const {code = ''} = readErrorFields(cause)
  const [, name, what, advice] =
    failures.find(([pattern]) => pattern.test(code)) ?? [/./, 'TransientSourceError', 'lost the connection', again] as const
  return new NamedError(name, `${host} ${what}${code === '' ? '' : ` (${code})`}. ${advice}`, {cause})
}

/** What `failures` takes for an answer that is no HTTP: a code as Node's own parser gives it. */
export const protocolError = (code: string, what: string): Error =>
  Object.assign(new Error(`The answer is not as HTTP/1.1 has it: ${what}.`), {code: `HPE_INVALID_${code}`})

/** A connection that ended in good order before the answer did; as node:http has it. */
export const endedEarly = (): Error => Object.assign(new Error('aborted'), {code: 'ECONNRESET'})

/** Whether the peer ended the connection in good order, so that a missing rest is the answer's fault and not the network's. */
export const isOrderlyEnd = (error: unknown): boolean => {
  const {code, syscall} = readErrorFields(error)
  return code === 'ECONNRESET' && syscall === undefined
}
