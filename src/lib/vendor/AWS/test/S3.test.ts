import {afterEach, expect, jest, test} from '@jest/globals'

Object.assign(process.env, {AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'})

const link = async (): Promise<URL> => {
  jest.resetModules()
  const {presignGetObject} = await import('../S3')
  return new URL(await presignGetObject({Bucket: 'media', Key: 'media/url-1.mp4', ResponseContentDisposition: 'attachment; filename="a b.mp4"'}, 3_600))
}

afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL
})

test('a link leads to the bucket\'s host, for as long as it was made for', async () => {
  const {origin, pathname, searchParams} = await link()
  expect({origin, pathname}).toEqual({origin: 'https://media.s3.us-west-2.amazonaws.com', pathname: '/media/url-1.mp4'})
  expect(searchParams.get('X-Amz-Expires')).toBe('3600')
  expect(searchParams.get('response-content-disposition')).toBe('attachment; filename="a b.mp4"')
})

test('a link binds its reader to no header but the host, and to no checksum', async () => {
  const {searchParams} = await link()
  expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host')
  expect(searchParams.has('x-amz-checksum-mode')).toBe(false)
})

test('a link at a custom endpoint has the bucket in its path', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4510'
  const {origin, pathname} = await link()
  expect({origin, pathname}).toEqual({origin: 'http://127.0.0.1:4510', pathname: '/media/media/url-1.mp4'})
})
