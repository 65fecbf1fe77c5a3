import {createHash} from 'node:crypto'
import {readdirSync, readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {DeleteObjectCommand, ListMultipartUploadsCommand, S3Client} from '@aws-sdk/client-s3'
import {buildBundles, startEmbedded} from '../../../shared/embedded'
import {type Api, apiAt, bearer, type File} from '../../../shared/api'

/** The whole system as `npm start` runs it, and what of its workers can be seen from outside. */
export interface System {
  readonly api: Api
  readonly s3: S3Client
  /** Process ids of the sandboxes that transfer files. */
  workers: () => number[]
  /** Invocations whose sandbox died. */
  died: () => number
  /** Most bytes of memory that a sandbox which transfers files ever had. */
  peakBytes: () => number
  stop: () => Promise<void>
}

const transferring = /^AWS_LAMBDA_FUNCTION_NAME=Transfer(?:File|Range)$/m

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1').replaceAll('\0', '\n')
  } catch {
    // A process that is gone meanwhile has nothing to tell.
    return ''
  }
}

const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))

/** Starts it with everything as it would be deployed, but that retries wait less. */
export const startSystem = async (): Promise<System> => {
  buildBundles()
  let [died, peakBytes] = [0, 0]
  const embedded = await startEmbedded(['--allow-private-sources', '--ephemeral', '--fast-retries'], ({type, functionName, maxMemoryBytes, error}) => {
    if (type === 'invocation' && /^Transfer/.test(String(functionName))) {
      peakBytes = Math.max(peakBytes, Number(maxMemoryBytes))
      died += /^Runtime\./.test(String(error)) ? 1 : 0
    }
  })
  const {address, pid, stop} = embedded
  return {
    api: apiAt(address, bearer('bench')),
    s3: new S3Client({endpoint: address, region: 'us-west-2', forcePathStyle: true, credentials: {accessKeyId: 'bench', secretAccessKey: 'bench'}}),
    workers: () => childrenOf(pid).filter((child) => transferring.test(read(`/proc/${child}/environ`))),
    died: () => died,
    peakBytes: () => peakBytes,
    stop
  }
}

/** Requests a URL as a user would; `meanwhile` happens while it is on its way. Throws if it fails. */
export const bringHome = async ({api}: System, url: string, meanwhile: () => Promise<void> = async () => undefined): Promise<File> => {
  const {fileId} = await api.request(url)
  const happening = meanwhile()
  for (;;) {
    const file = await api.file(fileId)
    if (file.status === 'Failed') {
      throw new Error(`Expected ${url} to come home; it failed: ${file.error?.code}: ${file.error?.message}`)
    }
    if (file.status === 'Downloaded') {
      await happening
      return file
    }
    await sleep(100)
  }
}

const placeOf = ({downloadUrl}: File): {readonly Bucket: string, readonly Key: string} => {
  const [Bucket = '', ...key] = new URL(downloadUrl!).pathname.split('/').slice(1).map(decodeURIComponent)
  return {Bucket, Key: key.join('/')}
}

/** Reads an object as its user would, and deletes it. Throws unless it has this SHA-256 and no upload is left open beside it. */
export const requireObject = async ({s3}: System, file: File, sha256: string): Promise<void> => {
  const place = placeOf(file)
  const hash = createHash('sha256')
  const {body} = await fetch(file.downloadUrl!)
  for await (const chunk of body!) {
    hash.update(chunk)
  }
  const [found, {Uploads = []}] = [hash.digest('hex'), await s3.send(new ListMultipartUploadsCommand({Bucket: place.Bucket}))]
  await s3.send(new DeleteObjectCommand(place))
  if (found !== sha256 || Uploads.length > 0) {
    throw new Error(`Expected the SHA-256 ${sha256} and no open upload; ${place.Key} has ${found}, and ${Uploads.length} uploads are open.`)
  }
}
