import type {PlaylistLook} from '../types/domain'

/**
 * Every error of ours by name: what kind it is, whether asking again may help, and the HTTP status if it answers a request.
 * Names are API: they stand in ASL `Retry`/`Catch`, in `FileDownloadFailed.errorCode` and in HTTP answers.
 */
export const errorTable = {
  // The caller's mistake.
  InvalidRequestError: {category: 'request', retryable: false, statusCode: 400},
  InvalidUrlError: {category: 'request', retryable: false, statusCode: 400},
  UnsupportedSchemeError: {category: 'request', retryable: false, statusCode: 400},
  PrivateAddressError: {category: 'request', retryable: false, statusCode: 400},
  UnauthorizedError: {category: 'request', retryable: false, statusCode: 401},
  FileNotFoundError: {category: 'request', retryable: false, statusCode: 404},
  AlreadyDownloadedError: {category: 'request', retryable: false, statusCode: 409},
  DeviceNotFoundError: {category: 'request', retryable: false, statusCode: 404},
  RequestTooLargeError: {category: 'request', retryable: false, statusCode: 413},
  InvalidDeviceTokenError: {category: 'request', retryable: false, statusCode: 400},
  PlatformNotConfiguredError: {category: 'request', retryable: false, statusCode: 422},

  // The source's answer.
  TransientSourceError: {category: 'transient', retryable: true, statusCode: 502},
  SourceStalledError: {category: 'transient', retryable: true, statusCode: 504},
  TruncatedBodyError: {category: 'transient', retryable: true, statusCode: 502},
  TransferTimeoutError: {category: 'transient', retryable: true, statusCode: 504},
  StorageError: {category: 'transient', retryable: true, statusCode: 503},
  RateLimitedError: {category: 'rate-limited', retryable: true, statusCode: 429},
  NotYetAvailableError: {category: 'not-yet-available', retryable: true, statusCode: 425},
  NeedsCookiesError: {category: 'needs-cookies', retryable: false, statusCode: 403},
  SourceForbiddenError: {category: 'blocked', retryable: false, statusCode: 403},
  GeoBlockedError: {category: 'geo', retryable: false, statusCode: 403},
  MediaUnavailableError: {category: 'removed', retryable: false, statusCode: 404},
  SourceNotFoundError: {category: 'removed', retryable: false, statusCode: 404},
  UnknownHostError: {category: 'removed', retryable: false, statusCode: 404},
  TooManyRedirectsError: {category: 'unsupported', retryable: false, statusCode: 422},
  UnsupportedSourceError: {category: 'unsupported', retryable: false, statusCode: 422},
  HtmlInsteadOfMediaError: {category: 'unsupported', retryable: false, statusCode: 422},
  EmptyBodyError: {category: 'unsupported', retryable: false, statusCode: 422},
  TrackMissingError: {category: 'unsupported', retryable: false, statusCode: 422},
  EndlessSourceError: {category: 'unsupported', retryable: false, statusCode: 422},
  YtDlpNotFoundError: {category: 'unsupported', retryable: false, statusCode: 501},
  FileTooLargeError: {category: 'too-large', retryable: false, statusCode: 413},
  SourceChangedError: {category: 'changed', retryable: true, statusCode: 409},
  PlanExpiredError: {category: 'changed', retryable: true, statusCode: 409},

  // The user's own will.
  CancelledError: {category: 'cancelled', retryable: true, statusCode: 409},

  // Our own house.
  EnvironmentError: {category: 'system', retryable: false, statusCode: 500},
  EventPublishError: {category: 'system', retryable: true, statusCode: 502},
  EventTooLargeError: {category: 'system', retryable: false, statusCode: 413},
  InvalidEventError: {category: 'system', retryable: false, statusCode: 422},
  UnknownEventError: {category: 'system', retryable: false, statusCode: 422},
  ClaimLostError: {category: 'system', retryable: false, statusCode: 409},
  ServiceError: {category: 'system', retryable: true, statusCode: 502},
  ObjectVerificationError: {category: 'system', retryable: true, statusCode: 500},
  PushFailedError: {category: 'system', retryable: true, statusCode: 502}
} as const satisfies Record<string, ErrorTraits>

export type ErrorName = keyof typeof errorTable

export type ErrorCategory = 'request' | 'transient' | 'rate-limited' | 'not-yet-available' | 'needs-cookies' | 'blocked' | 'geo'
  | 'removed' | 'unsupported' | 'too-large' | 'changed' | 'cancelled' | 'system'

interface ErrorTraits {
  readonly category: ErrorCategory
  readonly retryable: boolean
  readonly statusCode: number
}

export interface NamedErrorOptions extends ErrorOptions {
  /** ISO 8601 UTC: from when on asking again may help (rate-limited, not yet available). */
  readonly availableAt?: string
  /** What the next look at the source is to be compared with. */
  readonly playlist?: PlaylistLook
}

// What FileDownloadFailed.errorMessage takes: sites and programs can be talkative.
const maxMessageLength = 2_048

/**
 * An error whose `name` is a literal of `errorTable`. Its message is a sentence for users that ends with what to do, except of the category
 * `system` and of mistakes in parameters: those tell developers what was expected and what came.
 */
export class NamedError extends Error {
  override readonly name: ErrorName
  readonly category: ErrorCategory
  readonly retryable: boolean
  readonly statusCode: number
  readonly availableAt?: string
  readonly playlist?: PlaylistLook

  constructor(name: ErrorName, message: string, {availableAt, playlist, ...options}: NamedErrorOptions = {}) {
    super(message.slice(0, maxMessageLength), options)
    this.name = name
    const {category, retryable, statusCode} = errorTable[name]
    this.category = category
    this.retryable = retryable
    this.statusCode = statusCode
    if (availableAt !== undefined) {
      this.availableAt = availableAt
    }
    if (playlist !== undefined) {
      this.playlist = playlist
    }
  }
}

/** Narrows a caught value to a named error, by any of the given names or any name at all. */
export const isNamedError = (error: unknown, ...names: ErrorName[]): error is NamedError =>
  error instanceof NamedError && (names.length === 0 || names.includes(error.name))
