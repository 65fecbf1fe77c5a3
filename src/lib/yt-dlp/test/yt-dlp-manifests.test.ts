import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {chooseMedia} from '../choice'
import type {Format, Info} from '../typed'
import {asManifestsSay, readManifests} from '../manifests'
import type {Wanted} from '../presets'

const base = 'https://x/v/master.m3u8'
const track = (name: string, more: Partial<Format> = {}): Format =>
  ({format_id: name, url: `https://x/v/${name}.m3u8`, manifest_url: base, protocol: 'm3u8_native', ext: 'mp4', ...more})
const sound = (name: string, more: Partial<Format> = {}): Format => track(name, {vcodec: 'none', ...more})
const chosen = (info: Partial<Info>, manifest: string, wanted: Wanted = {}) => chooseMedia(asManifestsSay({format_id: '0', ...info}, [manifest], wanted), wanted)

describe('The sound of an HLS playlist', () => {
  const media = (name: string, more = ''): string => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="${name}",URI="${name}.m3u8"${more}\n`
  const master = (media: string, variant = 'BANDWIDTH=300000,CODECS="avc1.42c00d,mp4a.40.2",AUDIO="a"'): string =>
    `#EXTM3U\n${media}#EXT-X-STREAM-INF:${variant}\nv.m3u8\n`
  const picture = track('v', {tbr: 300, vcodec: 'avc1.42c00d', acodec: 'none'})
  const [en, fi, ad] = [sound('en'), sound('fi'), sound('ad')]
  const selected = {requested_formats: [picture, fi], formats: [ad, en, fi, picture]}
  const described = ',CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-video"'

  it.each([
    ['the default one', media('en', ',DEFAULT=YES,AUTOSELECT=YES') + media('fi', ',DEFAULT=NO'), 'en'],
    ['the default one, named last', media('en', ',DEFAULT=NO') + media('fi', ',DEFAULT=YES'), 'fi'],
    ['one that is selected by itself', media('ad') + media('en', ',AUTOSELECT=YES'), 'en'],
    ['the first of equals', media('en') + media('fi'), 'en'],
    ['no description for the blind', media('ad', `${described},AUTOSELECT=YES`) + media('en', ',AUTOSELECT=NO'), 'en'],
    ['no description for the blind, though it be the default', media('ad', `,DEFAULT=YES${described}`) + media('en'), 'en'],
    ['none that calls itself a description', media('en').replace('"en",', '"English (Audio Description)",') + media('fi'), 'fi'],
    ['the default one, whatever it is called', media('en', ',DEFAULT=YES').replace('"en",', '"Commentary, \\"DEFAULT=NO",'.replaceAll('\\"', '')) + media('fi'), 'en']
  ])('is %s', (_what, media, name) => {
    expect(chosen(selected, master(media))).toEqual({kind: 'download', formatId: `v+${name}`, container: 'mp4'})
  })

  it.each([
    ['quoted commas and equals signs', '#EXT-X-MEDIA:URI="en.m3u8",NAME="a,DEFAULT=NO,b",DEFAULT=YES,TYPE=AUDIO,GROUP-ID="a"\r\n'],
    ['spaces after commas', '#EXT-X-MEDIA:TYPE=AUDIO, GROUP-ID="a", NAME="x", DEFAULT=YES, URI="en.m3u8"\r\n'],
    ['an address of its own', '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES,URI="https://x/v/en.m3u8"\r\n']
  ])('is read with %s', (_what, line) => {
    expect(chosen(selected, master(media('fi') + line))).toMatchObject({formatId: 'v+en'})
  })

  it('is there though the playlist names no codecs', () => {
    const whole = {...picture, vcodec: undefined, acodec: undefined}
    const info = asManifestsSay({...whole, formats: [en, fi, whole]}, [master(media('en', ',DEFAULT=YES') + media('fi'), 'BANDWIDTH=300000,AUDIO="a"')], {})
    expect(chooseMedia(info)).toEqual({kind: 'download', formatId: 'v+en', container: 'mp4'})
    // Else yt-dlp takes the picture for a whole and leaves the sound.
    expect(info.formats?.find(({format_id: id}) => id === 'v')).toMatchObject({acodec: 'none'})
  })

  it('is fetched although yt-dlp does not list it', () => {
    const whole = {...picture, vcodec: undefined, acodec: undefined}
    const info = asManifestsSay({...whole, formats: [whole]}, [master(media('en'))], {})
    expect([chooseMedia(info).formatId, info.formats?.at(-1)]).toEqual(['v+sound', expect.objectContaining({format_id: 'sound', url: 'https://x/v/en.m3u8', vcodec: 'none'})])
  })

  it('is the one within the variant where that is the default', () => {
    const within = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",DEFAULT=YES\n'
    expect(chosen(selected, master(media('fi') + within))).toEqual({kind: 'download', formatId: 'v'})
    expect(chosen({...fi, formats: [fi, picture]}, master(media('fi') + within), {preset: 'audio'})).toEqual({kind: 'download', formatId: 'v', audio: 'm4a'})
  })

  it('is of the variant\'s own group', () => {
    const groups = media('low', ',DEFAULT=YES').replace('"a"', '"l"') + media('en', ',DEFAULT=YES')
    const two = `${master(groups)}#EXT-X-STREAM-INF:BANDWIDTH=100000,CODECS="avc1.42c00d,mp4a.40.2",AUDIO="l"\nsmall.m3u8\n`
    const small = track('small', {tbr: 100, vcodec: 'avc1', acodec: 'none'})
    const formats = [sound('low'), en, small, picture]
    expect(chosen({requested_formats: [picture, formats[0]!], formats}, two)).toMatchObject({formatId: 'v+en'})
    expect(chosen({requested_formats: [small, en], formats}, two)).toMatchObject({formatId: 'small+low'})
  })

  it('is AAC where the same picture goes with several kinds', () => {
    const groups = media('dolby', ',DEFAULT=YES').replace('"a"', '"d"') + media('en', ',DEFAULT=YES')
    const two = `${master(groups)}#EXT-X-STREAM-INF:BANDWIDTH=500000,CODECS="avc1.42c00d,ec-3",AUDIO="d"\nv.m3u8\n`
    const better = {...picture, format_id: 'v-1', tbr: 500}
    expect(chosen({requested_formats: [better, sound('dolby')], formats: [en, sound('dolby'), picture, better]}, two)).toMatchObject({formatId: 'v-1+en'})
  })

  it('comes alone where sound alone is wanted, or is all there is, and is no film', () => {
    const list = media('en', ',DEFAULT=YES') + media('fi')
    expect(chosen({...fi, formats: [en, fi, picture]}, master(list), {preset: 'audio'})).toMatchObject({formatId: 'en', audio: 'm4a'})
    const alone = track('v', {vcodec: 'none', acodec: 'mp4a.40.2', tbr: 64})
    const info = {...alone, formats: [fi, en, alone]}
    const list2 = master(list, 'BANDWIDTH=64000,CODECS="mp4a.40.2",AUDIO="a"')
    expect([chosen(info, list2), asManifestsSay({...info}, [list2], {}).ext]).toEqual([{kind: 'download', formatId: 'en'}, 'm4a'])
    expect(asManifestsSay({...alone, formats: [alone]}, [], {}).ext).toBe('m4a')
  })

  it('is as the site prefers it, where its extractor says so', () => {
    const [one, other] = [{...en, language_preference: -1}, {...fi, language_preference: 10}]
    expect(chosen({requested_formats: [picture, other], formats: [one, other, picture]}, master(media('en', ',DEFAULT=YES') + media('fi')))).toMatchObject({formatId: 'v+fi'})
  })

  it.each([
    ['without sounds', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=300000\nv.m3u8\n'], ['of segments', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na.ts\n'],
    ['of something else', '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="en.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nother.m3u8\n'], ['of nothing', '']
  ])('is left as yt-dlp has it by a playlist %s', (_what, text) => {
    expect(chosen(selected, text)).toMatchObject({formatId: 'v+fi'})
  })
})

describe('The tracks of a DASH manifest', () => {
  const role = (value: string, name = 'Role', scheme = 'urn:mpeg:dash:role:2011'): string => `<${name} schemeIdUri="${scheme}" value="${value}"/>`
  const blind = role('1', 'Accessibility', 'urn:tva:metadata:cs:AudioPurposeCS:2007')
  const set = (id: string, inside = '', more = ''): string => `<AdaptationSet contentType="audio" mimeType="audio/mp4" ${more}>${inside}
    <Representation id="${id}" bandwidth="64000" codecs="mp4a.40.2"><SegmentTemplate media="${id}-$Number%05d$.m4s" initialization="${id}-init.m4s"/></Representation></AdaptationSet>`
  const mpd = (...sets: string[]): string => `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>
    <AdaptationSet contentType="text" mimeType="application/ttml+xml"><Representation id="t"><SegmentTemplate media="t.xml"/></Representation></AdaptationSet>
    <AdaptationSet mimeType="video/mp4"><SegmentTemplate media="$RepresentationID$/$Time$.m4s" initialization="$RepresentationID$/$$i.m4s"/><Representation id="v" bandwidth="1"/></AdaptationSet>
    ${sets.join('')}</Period></MPD>`
  const url = 'https://x/d.mpd'
  const format = (id: string, number: number, more: Partial<Format> = {}): Format => ({
    format_id: id, url, manifest_url: url, protocol: 'http_dash_segments', ext: 'm4a', container: 'm4a_dash', vcodec: 'none', acodec: 'mp4a.40.2', tbr: 64,
    manifest_stream_number: number, fragments: [{path: `${id}-init.m4s`}, {path: `${id}-00001.m4s`}], ...more
  })
  const picture = format('v', 0, {vcodec: 'avc1', acodec: 'none', ext: 'mp4', container: 'mp4_dash', fragments: [{path: 'v/$i.m4s'}, {path: 'v/0.m4s'}]})
  const [a, b] = [format('a', 1), format('b', 2)]
  const selected = {requested_formats: [picture, b], formats: [a, b, picture]}

  it.each([
    ['main before a description', [set('a', role('main')), set('b', role('description'))], 'a'], ['main, named last', [set('a', role('description')), set('b', role('main'))], 'b'],
    ['main before none', [set('a'), set('b', role('main'))], 'b'], ['none before an alternate', [set('a', role('alternate')), set('b')], 'b'],
    ['no description by its accessibility', [set('a', role('main')), set('b', role('main') + blind)], 'a'],
    ['no description by its accessibility as a role', [set('a', role('description', 'Accessibility')), set('b')], 'b'],
    ['no dub', [set('a', role('main')), set('b', role('dub'))], 'a'], ['no commentary', [set('a', role('commentary')), set('b')], 'b'],
    ['none labelled as a description', [set('a'), set('b', '<Label>Audio description</Label>')], 'a'], ['the first of equals', [set('a'), set('b')], 'a'],
    ['the language that comes first', [set('a', '', 'lang="en"'), set('b', '', 'lang="fi"')], 'a'],
    ['main in another language than the first', [set('a', role('dub'), 'lang="en"'), set('b', role('main'), 'lang="fi"')], 'b'],
    ['with a prefix', [set('a', role('main')), set('b', role('description'))].map((text) => text.replaceAll('</', '</m:').replaceAll(/<(?=[A-Z])/g, '<m:')), 'a']
  ])('are %s', (_what, sets, id) => {
    expect(chosen(selected, mpd(...sets))).toEqual({kind: 'download', formatId: `v+${id}`, container: 'mp4'})
    expect(chosen({...b, formats: [a, b, picture]}, mpd(...sets), {preset: 'audio'})).toMatchObject({formatId: id})
  })

  it('are known though yt-dlp numbers their names, or they have the same', () => {
    const [one, other] = [format('0-1', 1), format('0-0', 2)]
    expect(chosen({requested_formats: [picture, one], formats: [one, other, picture]}, mpd(set('0', role('description')), set('0', role('main'))))).toMatchObject({formatId: 'v+0-0'})
  })

  it('are known by their address where they are files', () => {
    const file = (id: string): Format => ({...format(id, 0), url: `https://x/m/${id}.mp4`, protocol: 'https', fragments: undefined})
    const setOf = (id: string, inside: string): string => `<AdaptationSet mimeType="audio/mp4">${inside}<Representation id="${id}"><BaseURL>${id}.mp4</BaseURL></Representation></AdaptationSet>`
    expect(chosen({requested_formats: [picture, file('b')], formats: [file('a'), file('b'), picture]}, mpd(setOf('a', ''), setOf('b', role('description'))))).toMatchObject({formatId: 'v+a'})
  })

  it('are parted where yt-dlp put one behind the other', () => {
    const merged = {...a, fragments: [...a.fragments!, ...b.fragments!]}
    const parted = (...roles: string[]) => asManifestsSay({format_id: '0', requested_formats: [picture, merged], formats: [merged, picture]}, [mpd(set('a', role(roles[0]!)), set('b', role(roles[1]!)))], {})
    expect(parted('main', 'description').requested_formats?.[1]?.fragments).toEqual(a.fragments)
    expect(parted('description', 'main').requested_formats?.[1]?.fragments).toEqual(b.fragments)
    expect(parted('description', 'main').formats?.map(({format_id: id, fragments}) => [id, fragments?.length])).toEqual([['v', 2], ['a', 2]])
  })

  it('are the picture without someone who signs', () => {
    const sign = format('s', 3, {vcodec: 'avc1', acodec: 'none', ext: 'mp4'})
    const signed = set('s', role('sign')).replaceAll('audio', 'video')
    expect(chosen({requested_formats: [sign, a], formats: [a, b, picture, sign]}, mpd(set('a'), set('b'), signed))).toMatchObject({formatId: 'v+a'})
  })

  it('are the better of two that are both main', () => {
    const better = {...b, tbr: 128}
    expect(chosen({requested_formats: [picture, better], formats: [a, better, picture]}, mpd(set('a', role('main')), set('b', role('main'))))).toMatchObject({formatId: 'v+b'})
  })

  it.each(['', '<MPD', '<MPD/>', '<MPD><Period><AdaptationSet/></Period></MPD>', '<html></html>', '<MPD><Period>7</Period></MPD>'])('are left as yt-dlp has them by %j', (text) => {
    expect(chosen(selected, text)).toMatchObject({formatId: 'v+b'})
  })
})

describe('readManifests', () => {
  it('finds them among what yt-dlp kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dumps-'))
    const texts = {'a.dump': '#EXTM3U\n', 'b.dump': '<?xml version="1.0"?>\n<MPD type="static">', 'c.dump': '<html>', 'd.m3u8': '#EXTM3U\n', 'e.dump': '#EXTM3U'.padEnd(9_000_000)}
    await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(join(folder, name), text)))
    expect((await readManifests(folder)).toSorted()).toEqual([texts['a.dump'], texts['b.dump']])
    await rm(folder, {recursive: true})
  })
})
