import {type Block, corrected, guideBlocks} from './blocks'

/** What a sample takes for granted: functions of the reader's own, and imports that an earlier sample has. */
const presumed: ReadonlyArray<readonly [name: RegExp, text: string]> = [
  [/\bwithXRay\(/, 'import {withXRay} from \'../../../lib/vendor/AWS/XRay\''],
  [/\bpublishFileMetadataReady\(/, 'import {publishFileMetadataReady} from \'../../../util/eventbridge-helpers\''],
  [/\bpublishFileDownloadCompleted\(/, 'import {publishFileDownloadCompleted} from \'../../../util/eventbridge-helpers\''],
  [/\bgetVideoMetadata\(/, 'declare const getVideoMetadata: (fileId: string) => Promise<{title: string, description: string, author: {name: string, user: string},'
  + ' published: string, mimeType: string, size: number}>'],
  [/\buploadToS3\(/, 'declare const uploadToS3: (fileId: string, metadata: object) => Promise<{key: string, url: string, size: number}>'],
  [/\bgetUsersForFile\(/, 'declare const getUsersForFile: (fileId: string) => Promise<string[]>'],
  [/\bsendPushNotification\(/, 'declare const sendPushNotification: (user: string, message: {title: string, body: string, data: object}) => Promise<void>'],
  [/\bformatBytes\(/, 'declare const formatBytes: (bytes: number) => string'],
  [/\bjest\./, 'import {jest} from \'@jest/globals\''],
  [/\bPutEventsResponse\b/, 'import {PutEventsResponse} from \'@aws-sdk/client-eventbridge\''],
  [/\bStartExecutionOutput\b/, 'import {StartExecutionOutput} from \'@aws-sdk/client-sfn\'']
]

const isImported = (text: string, name: RegExp): boolean => new RegExp(`import[^;]*?${name.source.replace(/\\[(.]/g, '')}[^;]*?from`).test(text)

const withPresumed = (text: string): string =>
  [...presumed.filter(([name]) => name.test(text) && !isImported(text, name)).map(([, line]) => line), text, 'export {}'].join('\n')

/** Each TypeScript sample at a place from which its relative imports lead where they should. */
export const typeScriptSamples = (): ReadonlyMap<string, string> => new Map(guideBlocks()
  .filter(({language}) => language === 'typescript')
  .map(({text, line}: Block) => [`src/lambdas/ListFiles/test/guide-${line}.ts`, withPresumed(corrected(text))]))
