import type {FileError} from '../types/domain'
import {type ErrorName, errorTable} from './errors'

const onOurSide =
  'Something went wrong on our side, not with your file. Request it again; if that does not help, tell the operator of this service.'

/** What happened and what to do about it, if the error itself does not say so to users; `source` is the host, or "The source". */
const sentences: Readonly<Record<ErrorName, string | ((source: string) => string)>> = {
  InvalidRequestError: 'This request could not be carried out. Check what you asked for and request it again.',
  InvalidUrlError: 'This link cannot be used. Check it and request the file again.',
  UnsupportedSchemeError: 'This link cannot be downloaded. Use one that begins with http:// or https://.',
  PrivateAddressError: (source) =>
    `${source} has a private address, which this service does not download from. Use a link that works from anywhere.`,
  UnauthorizedError: 'You are not signed in. Sign in and try again.',
  FileNotFoundError: 'You have not requested this file. Look at the list of your files.',
  AlreadyDownloadedError: 'This file has been downloaded already. Open it from the list of your files.',
  DeviceNotFoundError: 'This device is not registered. Register it first.',
  RequestTooLargeError: 'This request is too large. Use a shorter link.',
  InvalidDeviceTokenError: 'The push service does not know this device. Register it again.',
  PlatformNotConfiguredError: 'Pushes to this kind of device are not set up. Ask the operator of this service to do that.',

  TransientSourceError: (source) => `${source} is having problems, and the download did not finish. Try again later.`,
  SourceStalledError: (source) => `${source} stopped sending the file. Try again later.`,
  TruncatedBodyError: (source) => `${source} closed the connection before the whole file had arrived. Try again later.`,
  TransferTimeoutError: (source) => `${source} is too slow: the file did not arrive in time. Try again later.`,
  StorageError: 'The file could not be stored just now. Try again later.',
  RateLimitedError: (source) => `${source} wants fewer requests. Try again in a while.`,
  NotYetAvailableError: 'This file is not available yet. Request it again once it is.',
  NeedsCookiesError: (source) => `${source} shows this only to people who are signed in. Look for another source of it.`,
  SourceForbiddenError: (source) => `${source} refuses this download. Try again later, or look for another source of it.`,
  GeoBlockedError: (source) =>
    `${source} does not show this in the country that this service downloads from. Look for another source of it.`,
  MediaUnavailableError: (source) => `${source} does not offer this. Check the link, or look for another source of it.`,
  SourceNotFoundError: (source) => `${source} has nothing at this address. Check the link.`,
  UnknownHostError: (source) => `${source} does not exist. Check the spelling of the link.`,
  TooManyRedirectsError: (source) =>
    `${source} redirects again and again and never to a file. Open the link in a browser and copy that of the file itself.`,
  UnsupportedSourceError: (source) =>
    `${source} has nothing at this link that can be downloaded. Use the link of the file itself, or of a page with one video or sound.`,
  HtmlInsteadOfMediaError: (source) =>
    `${source} sent a web page instead of the file. Open the link in a browser and copy that of the file itself.`,
  EmptyBodyError: (source) => `${source} sent an empty file. Check the link.`,
  TrackMissingError: 'This does not have the sound that you asked for. Request it with its main sound.',
  EndlessSourceError: (source) =>
    `${source} sends a live broadcast without an end, such as a radio station. Request a recording of it,`
      + ' or use the link of a single recording.',
  YtDlpNotFoundError: 'This service has no program that reads such pages. Use the link of the media itself,'
    + ' or ask the operator to install yt-dlp.',
  FileTooLargeError: 'This file is larger than this service accepts. Look for a smaller version.',
  SourceChangedError: (source) => `${source} changed the file during the download. Request it again to get the new version.`,
  PlanExpiredError: 'This download could not be continued. Request it again.',

  CancelledError: 'You cancelled this download. Request it again to start over.',

  EnvironmentError: onOurSide,
  EventPublishError: onOurSide,
  EventTooLargeError: onOurSide,
  InvalidEventError: onOurSide,
  UnknownEventError: onOurSide,
  ClaimLostError: onOurSide,
  ServiceError: onOurSide,
  ObjectVerificationError: onOurSide,
  PushFailedError: onOurSide
}

const isOurs = (code: string): code is ErrorName => Object.hasOwn(errorTable, code)

/** Errors of the category `system`, and texts of old records, speak to developers. */
const isForUsers = (code: ErrorName, message: string): boolean =>
  errorTable[code].category !== 'system' && message !== '' && !message.startsWith('Expected')

const describeHost = (url = ''): string => (URL.canParse(url) ? new URL(url).host : '') || 'The source'

/** The sentence that a user reads about an error: its own, unless that is for developers, or the error is not one of ours. */
export const userSentence = (code: string, message: string, sourceUrl?: string): string => {
  if (!isOurs(code)) {
    return onOurSide
  }
  const sentence = sentences[code]
  if (isForUsers(code, message)) {
    return message
  }
  return typeof sentence === 'string' ? sentence : sentence(describeHost(sourceUrl))
}

/** An error as users see it; `detail` is the developers' text, if that differs. */
export const userError = ({code, message, retryable}: Omit<FileError, 'detail'>, sourceUrl?: string): FileError => {
  const sentence = userSentence(code, message, sourceUrl)
  return {code, message: sentence, retryable, ...(sentence !== message && message !== '' && {detail: message})}
}
