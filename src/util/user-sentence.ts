import type {FileError} from '../types/domain'
import {type ErrorCategory, type ErrorName, errorTable} from './errors'

const ofCategory: Readonly<Record<ErrorCategory, string>> = {
  request: 'This request could not be carried out. Check the link and request the file again.',
  transient: 'The source of this file was in trouble, and the download did not finish. Try again later.',
  'rate-limited': 'The source of this file wants fewer requests. Try again in a while.',
  'not-yet-available': 'This file is not available yet. Request it again once it is.',
  'needs-cookies': 'The site shows this only to people who are signed in. Look for another source of the same media.',
  blocked: 'The site refuses this download. Try again later, or look for another source of the same media.',
  geo: 'The site does not show this in the country that this service downloads from. Look for another source of the same media.',
  removed: 'The source does not have this file. Check the link, or look for another source of the same media.',
  unsupported: 'There is nothing at this link that can be downloaded. Use the link of the media itself, or of a page with one video or sound.',
  'too-large': 'This file is larger than this service takes. Look for a smaller version.',
  changed: 'The file changed at its source during the download. Request it again to get the new one.',
  cancelled: 'You cancelled this download. Request it again to start over.',
  system: 'Something went wrong on our side, not with your file. Request it again; if that does not help, tell whoever runs this service.'
}

const ofCode: Readonly<Partial<Record<ErrorName, string>>> = {
  StorageError: 'The file could not be stored just now. Try again later.',
  EmptyBodyError: 'The source sent an empty file. Look for another source of the same media.',
  EndlessSourceError: 'This is a live broadcast without an end, such as a radio station. Ask for a recording of it, or use the link of a single recording instead.',
  YtDlpNotFoundError: 'This service has no program that reads such pages. Use the link of the media itself, or ask whoever runs the service to install yt-dlp.'
}

const isOurs = (code: string): code is ErrorName => Object.hasOwn(errorTable, code)

/**
 * The sentence by which a user reads of an error: its own, unless that is for developers (category `system`, an error that is none of ours, or a
 * text in the style of old records, which begins with "Expected").
 */
export const userSentence = (code: string, message: string): string => {
  if (!isOurs(code)) {
    return ofCategory.system
  }
  const {category} = errorTable[code]
  return category === 'system' || message === '' || message.startsWith('Expected') ? ofCode[code] ?? ofCategory[category] : message
}

/** An error as users see it; `detail` is the developers' text, where that is another one. */
export const userError = ({code, message, retryable}: Omit<FileError, 'detail'>): FileError => {
  const sentence = userSentence(code, message)
  return {code, message: sentence, retryable, ...(sentence !== message && message !== '' && {detail: message})}
}
