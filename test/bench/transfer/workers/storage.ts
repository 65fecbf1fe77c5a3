import {request} from 'node:http'
import type {IncomingMessage} from 'node:http'
import {S3Client} from '@aws-sdk/client-s3'
import {Upload} from '@aws-sdk/lib-storage'
import {serveWork} from './serve'

const open = (url: string): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  request(url, resolve).on('error', reject).end()
})

/** The same work by the SDK's own uploader: the source's stream is its body. */
serveWork(async ({url, key, partBytes, inFlight}) => {
  const client = new S3Client({forcePathStyle: true})
  const Body = await open(url)
  await new Upload({client, params: {Bucket: 'bench', Key: key, Body, ContentType: 'video/mp4'}, partSize: partBytes, queueSize: inFlight}).done()
})
