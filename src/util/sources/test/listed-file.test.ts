import {describe, expect, it} from '@jest/globals'
import type {Preset} from '../../../types/domain'
import type {ListedFile, ListedItem} from '../../../types/listing'
import {listedMedia} from '../listed-file'

const file = (name: string, more: Partial<ListedFile> = {}): ListedFile => ({addresses: [`https://a.example/${name}`], ...more})
const item = (...files: ListedFile[]): ListedItem => ({title: 'Gulls', files})
const group = (...files: ListedFile[]): ListedItem => item(...files.map((each) => ({...each, isRendition: true})))

const chosen = (items: readonly ListedItem[], preset?: Preset): string | undefined =>
  listedMedia({kind: 'feed', items}, 'cast.example', preset).addresses[0]?.replace('https://a.example/', '')
const refused = (items: readonly ListedItem[], kind: 'feed' | 'list' = 'feed'): unknown => {
  try {
    return listedMedia({kind, items}, 'cast.example')
  } catch (error) {
    return [(error as Error).name, (error as Error).message]
  }
}

const low = file('low.mp4', {height: 360, bitrate: 500})
const high = file('high.mp4', {height: 1080, bitrate: 4000})
const webm = file('higher.webm', {height: 2160, bitrate: 9000, type: 'video/webm'})
const sound = file('sound.mp3', {type: 'audio/mpeg'})

describe('the file of a document', () => {
  it('has all its addresses and the title of its item', () => {
    const addresses = ['https://a.example/1.mp3', 'https://b.example/1.mp3']
    expect(listedMedia({kind: 'list', items: [{title: 'Gulls', files: [{addresses}]}]}, 'cast.example')).toEqual({addresses, title: 'Gulls'})
  })

  it.each<[string, ListedItem[], string]>([
    ['the only one', [item(sound)], 'sound.mp3'],
    ['the one item that has any', [item(), item(sound), {title: 'News', page: 'https://a.example/news', files: []}], 'sound.mp3'],
    ['one that two items have', [item(sound), {title: 'Again', files: [sound]}], 'sound.mp3'],
    ['one that is named twice', [item(file('1.mp4', {type: 'video/mp4'}), file('1.mp4', {medium: 'video', height: 720}))], '1.mp4'],
    ['beside a picture', [item(file('cover.jpg', {type: 'image/jpeg'}), sound)], 'sound.mp3'],
    ['beside notes, subtitles and a torrent', [item(file('a.pdf', {type: 'application/pdf'}), file('a.vtt', {type: 'text/vtt'}), file('a.torrent', {type: 'application/x-bittorrent'}), sound)], 'sound.mp3'],
    ['a picture, if there is nothing else', [item(file('gulls.jpg', {medium: 'image'}))], 'gulls.jpg'],
    ['one whose type says nothing', [item(file('get?id=1', {type: 'application/octet-stream'}))], 'get?id=1'],
    ['the best of a group', [group(low, high)], 'high.mp4'],
    ['one that plays everywhere before a larger one', [group(webm, low, high)], 'high.mp4'],
    ['the default of a group', [group({...low, isDefault: true}, high)], 'low.mp4'],
    ['video before sound', [group(sound, low)], 'low.mp4'],
    ['one of several types', [item(file('1.ogg', {type: 'audio/ogg'}), file('1.mp3', {type: 'audio/mpeg'}))], '1.mp3'],
    ['one of several under the same name', [item(file('a/1.mp4', {size: 1}), file('b/1.mp4', {size: 2}))], 'b/1.mp4']
  ])('is %s', (_what, items, name) => {
    expect(chosen(items)).toBe(name)
  })

  it.each<[Preset, string]>([
    ['best', 'high.mp4'], ['1080p', 'high.mp4'], ['720p', 'low.mp4'], ['audio', 'sound.mp3'], ['audio-mp3', 'sound.mp3']
  ])('is for the preset %s %s', (preset, name) => {
    expect(chosen([group(webm, low, high, sound)], preset)).toBe(name)
  })

  it('is the smallest picture, if all are larger than the preset allows', () => {
    expect(chosen([group({...high, isDefault: true}, webm)], '720p')).toBe('high.mp4')
  })

  it('is the page of the one item that has no file', () => {
    expect(chosen([{title: 'Gulls', page: 'https://a.example/gulls', files: [file('a.swf', {type: 'application/x-shockwave-flash'})]}])).toBe('gulls')
  })
})

describe('a document is refused', () => {
  it.each<[string, ListedItem[], string]>([
    ['of several items', [item(file('1.mp3')), item(file('2.mp3')), item(file('3.mp3'))], 'cast.example sent a feed of 3 files. Ask for one of them by its own link.'],
    ['of several items under one id', [{id: '1', ...item(file('1.mp3'))}, {id: '1', ...item(file('2.mp3'))}], 'cast.example sent a feed of 2 files. Ask for one of them by its own link.'],
    ['of several files in one item', [item(file('part1.mp3', {type: 'audio/mpeg'}), file('part2.mp3', {type: 'audio/mpeg'}))], 'cast.example sent a feed of 2 files. Ask for one of them by its own link.'],
    ['of renditions of several things', [group(file('1.mp3', {title: 'One', type: 'audio/mpeg'}), file('1.ogg', {title: 'One', type: 'audio/mpeg'}), file('2.mp3', {title: 'Two', type: 'audio/mpeg'}))], 'cast.example sent a feed of 3 files. Ask for one of them by its own link.'],
    ['of several pages', [{page: 'https://a.example/1', files: []}, {page: 'https://a.example/2', files: []}], 'cast.example sent a feed of 2 pages. Ask for one of them by its own link.'],
    ['of no items', [], 'cast.example sent a feed without a video, sound or picture in it. Use the link of the file itself, or of a page that plays it.'],
    ['of an item without an address', [item({addresses: []})], 'cast.example sent a feed without a video, sound or picture in it. Use the link of the file itself, or of a page that plays it.']
  ])('%s', (_what, items, message) => {
    expect(refused(items)).toEqual(['UnsupportedSourceError', message])
  })

  it('by what it is', () => {
    expect(refused([item(file('1.mp3')), item(file('2.mp3'))], 'list')).toEqual(['UnsupportedSourceError', 'cast.example sent a list of 2 files. Ask for one of them by its own link.'])
  })

  it('of 100,000 items within seconds of the processor', () => {
    const begun = process.cpuUsage()
    refused(Array.from({length: 100_000}, (_, index) => item(file(`${index}.mp3`))))
    expect(process.cpuUsage(begun).user).toBeLessThan(8_000_000)
  })
})
