import {describe, expect, it} from '@jest/globals'
import type {Entry} from '../../api/entry'
import {arnName} from '../../../../shared/wiring/arn'
import {clockTime, dollars, duration, preciseTime, when} from '../core/format'
import {buildExample} from '../pages/events/example'
import {fileGroup, findHint, displayTitle, statusTone, urlsIn, describeStatus, type File} from '../pages/files/model'
import {toLine} from '../pages/logs/line'
import {listCosts} from '../pages/timeline/cost'
import {groupRows, listSpans, arrangeTracks, type Span} from '../pages/timeline/spans'

const file: File = {
  fileId: 'url-1', sourceUrl: 'https://example.com/clips/a%20harbour.mp4', status: 'Downloading', title: null, author: null, contentType: null, size: 100, bytesDone: 0,
  preset: 'best', speed: null, secondsLeft: null, downloadUrl: null, thumbnailUrl: null, captions: [], error: null, requestedAt: '2026-11-25T10:00:00Z', completedAt: null
}

describe('Numbers', () => {
  it.each([[0.4, '0 ms'], [340, '340 ms'], [3400, '3.40 s'], [59_940, '59.9 s'], [125_000, '2 min 5 s'], [11_520_000, '3 h 12 min']])('%d ms read %s', (ms, text) => expect(duration(ms)).toBe(text))
  it.each([[0, '$0'], [0.0000005, '$0.0000005'], [0.00085, '$0.00085'], [1.5, '$1.50']])('%d dollars read %s', (amount, text) => expect(dollars(amount)).toBe(text))
  it('an ARN reads as its last part', () => expect(arnName('arn:aws:lambda:us-west-2:1:function:StartFileUpload')).toBe('StartFileUpload'))
})

describe('What is pasted', () => {
  it('is every link once, and what is none', () => {
    expect(urlsIn(' https://a.example/1\nhttps://b.example/2, https://a.example/1 ftp://c.example nonsense')).toEqual({
      urls: ['https://a.example/1', 'https://b.example/2'], wrong: ['ftp://c.example', 'nonsense']
    })
  })
})

describe('Text from elsewhere', () => {
  it('that is no UTF-8 behind its percents stays as it is', () => {
    expect(displayTitle({...file, sourceUrl: 'https://example.com/caf%E9.mp4'})).toBe('caf%E9.mp4')
  })

  it('that is no time stays as it is', () => {
    expect([clockTime('soon'), preciseTime('soon'), when('soon')]).toEqual(['soon', 'soon', 'soon, soon'])
  })
})

describe('A file', () => {
  it('is called after its link until its title is known', () => {
    expect([displayTitle(file), displayTitle({...file, title: 'Harbour'}), displayTitle({...file, sourceUrl: 'https://example.com/'})]).toEqual(['a harbour.mp4', 'Harbour', 'https://example.com/'])
  })

  it.each([['Requested', 'going'], ['Scheduled', 'going'], ['Downloaded', 'done'], ['Failed', 'failed']])('that is %s belongs to %s', (status, group) => {
    expect(fileGroup({...file, status})).toBe(group)
  })

  it('that failed comes with what to do', () => {
    expect(findHint({code: 'NeedsCookiesError', message: '', retryable: false})).toContain('signed-in')
    expect(findHint({code: 'SomethingNew', message: '', retryable: true})).toContain('try again')
    expect(findHint({code: 'SomethingNew', message: '', retryable: false})).toContain('will not help')
  })

  it('that its user ended is no failure to look at', () => {
    const cancelled = {...file, status: 'Failed', error: {code: 'CancelledError', message: 'Expected nothing more.', retryable: true}}
    expect([describeStatus(cancelled), statusTone(cancelled), fileGroup(cancelled)]).toEqual(['Cancelled', 'plain', 'failed'])
  })
})

describe('An example', () => {
  it('has what its contract requires, by type, format and name', () => {
    const schema = {
      required: ['fileId', 'size', 'when', 'kind', 'where', 'more'],
      properties: {
        fileId: {type: 'string'}, size: {type: 'integer', minimum: 3}, when: {type: 'string', format: 'date-time'}, kind: {enum: ['a', 'b']}, where: {type: 'string', format: 'uri'},
        more: {type: 'object', required: ['deep'], properties: {deep: {type: 'boolean'}}}, optional: {type: 'string'}
      }
    }
    expect(buildExample(schema)).toEqual({
      fileId: 'url-0123456789abcdef', size: 3, when: expect.stringMatching(/^\d{4}-.*Z$/), kind: 'a', where: 'https://example.com/harbour.mp4', more: {deep: false}
    })
  })
})

describe('A log line', () => {
  const entry = (line: string) => ({id: 1, at: '2026-11-25T10:00:00Z', type: 'log' as const, functionName: 'F', line})

  it('is read as Powertools writes it', () => {
    expect(toLine(entry('{"level":"WARN","message":"Odd.","timestamp":"t","service":"F","fileId":"url-1"}'))).toMatchObject({level: 'WARN', message: 'Odd.', more: {fileId: 'url-1'}})
  })

  it('is a metric where it carries some', () => {
    expect(toLine(entry('{"_aws":{},"FilesRequested":1,"service":"F"}'))).toMatchObject({level: 'METRIC', message: 'FilesRequested 1', more: {}})
  })

  it.each(['Segmentation fault', '{"half'])('is shown as it is where it is no JSON: %s', (text) => {
    expect(toLine(entry(text))).toMatchObject({level: 'TEXT', message: text})
  })
})

const at = (seconds: number): string => new Date(seconds * 1000).toISOString()

const story: Entry[] = [
  {id: 1, type: 'event', at: at(1), rules: ['R'], bus: 'B', event: {version: '0', id: 'e', 'detail-type': 'FileRequested', source: 's', account: '1', time: at(1), region: 'r', resources: [], detail: {}}},
  {id: 2, type: 'state', at: at(2), executionArn: 'x', state: 'Transfer', phase: 'entered'},
  {id: 3, type: 'state', at: at(3), executionArn: 'x', state: 'Transfer', phase: 'retrying', error: 'Odd'},
  {id: 4, type: 'state', at: at(5), executionArn: 'x', state: 'Transfer', phase: 'exited'},
  {id: 5, type: 'invocation', at: at(5), functionName: 'TransferFile', requestId: 'r', milliseconds: 2000, maxMemoryBytes: 2 ** 20},
  {id: 6, type: 'object', at: at(5), bucket: 'b', key: 'media/a.mp4', size: 2 ** 30, eventName: 'ObjectCreated:Put'},
  {id: 7, type: 'notification', at: at(6), endpointArn: 'e', platform: 'APNS', userId: 'ann', message: {}}
]

describe('A story', () => {
  it('is spans on one axis: states from entry to exit, retries, functions by their duration, marks for what takes no time', () => {
    expect(listSpans(story, 0).map(({lane, name, from, to, tone}) => [lane, name, from, to, tone])).toEqual([
      ['Events', 'FileRequested', 1000, 1000, 'plain'],
      ['Workflow', 'Transfer', 2000, 5000, 'ok'],
      ['Workflow', 'Transfer', 3000, 3000, 'wait'],
      ['Functions', 'TransferFile', 3000, 5000, 'ok'],
      ['Storage and pushes', 'Object in S3', 5000, 5000, 'ok'],
      ['Storage and pushes', 'Push', 6000, 6000, 'ok']
    ])
  })

  it('leaves a state open that was not left yet', () => {
    expect(listSpans(story.slice(0, 2), 9000)[1]).toMatchObject({name: 'Transfer', from: 2000, to: 9000, isOpen: true})
  })

  it('has a price for each thing that AWS counts', () => {
    const prices = {lambdaRequests: 1, lambdaGbSeconds: 10, transitions: 100, events: 1000, s3Writes: 1, s3GbMonths: 5, pushes: 7}
    const items = Object.fromEntries(listCosts(story, () => 512, prices).map(({name, dollars: amount}) => [name, amount]))
    expect(items).toEqual({'Lambda requests': 1, 'Lambda time': 10, 'Step Functions': 200, EventBridge: 1000, 'S3 requests': 130, 'S3 for a month': 5, Pushes: 7})
  })
})

describe('The rows of a lane', () => {
  const span = (name: string, from: number, to: number): Span => ({lane: 'Workflow', name, detail: '', from, to, tone: 'ok'})
  const ranges = [span('Range', 1, 4), span('Range', 1, 3), span('Range', 3, 6), span('Range', 4, 5)]

  it('are one for each span, and one for many of a name, where the first of them is', () => {
    expect(groupRows([span('Claim', 0, 1), ...ranges, span('Complete', 6, 7)]).map((row) => row.length)).toEqual([1, 4, 1])
    expect(groupRows(ranges.slice(1)).map((row) => row.length)).toEqual([1, 1, 1])
  })

  it('have as many tracks as there are spans at once', () => {
    expect(arrangeTracks(ranges).map((track) => track.map(({from}) => from))).toEqual([[1, 4], [1, 3]])
  })
})
