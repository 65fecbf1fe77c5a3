import {describe, expect, it} from '@jest/globals'
import type {AudioWish} from '../../../types/domain'
import type {Format, Info} from '../typed'
import {asManifestsSay} from '../manifests'
import {wishedSounds} from '../wished-sound'

const sounds = [
  {name: 'en', language: 'en-GB', roles: ['main']}, {name: 'fi', language: 'fin', roles: ['dub']}, {name: 'fi-described', language: 'fi', roles: ['dub', 'description']},
  {name: 'br', language: 'pt-BR', roles: ['dub']}, {name: 'none', language: 'und', roles: ['commentary']}
]
const names = (wish: AudioWish, of: typeof sounds = sounds): string[] => wishedSounds(of, wish).map(({name}) => name)
const failure = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('Sounds that are wished for', () => {
  it.each([
    [{}, ['en', 'fi', 'fi-described', 'br', 'none']], [{language: 'fi'}, ['fi', 'fi-described']], [{language: 'fi', role: 'description'}, ['fi-described']],
    [{language: 'en'}, ['en']], [{language: 'en-US'}, ['en']], [{language: 'pt'}, ['br']], [{language: 'pt-BR'}, ['br']], [{role: 'commentary'}, ['none']], [{role: 'dub'}, ['fi', 'fi-described', 'br']]
  ])('by %j are %j', (wish, found) => {
    expect(names(wish)).toEqual(found)
  })

  it('are one sound whose language no one says, and none of several', () => {
    expect(names({language: 'fi'}, [{name: 'a', language: '', roles: ['main']}])).toEqual(['a'])
    expect(failure(() => names({language: 'fi'}, [{name: 'a', language: '', roles: []}, {name: 'b', language: 'mul', roles: []}])))
      .toMatchObject({name: 'TrackMissingError', message: 'This media has no sound in the language fi. Ask for it without a language.'})
  })

  it('are said where there are none', () => {
    expect(failure(() => names({language: 'sv'}))).toMatchObject({message: 'This media has no sound in the language sv; it has en-GB, fi, pt-BR. Ask for one of these, or for the main sound.'})
    expect(failure(() => names({language: 'pt', role: 'commentary'})))
      .toMatchObject({message: 'This media has no sound of the kind \'commentary\'; it has dub. Ask for one of these, or for the main sound.'})
    expect(failure(() => names({role: 'description'}, [sounds[0]!]))).toMatchObject({message: 'This media has no sound of the kind \'description\'. Ask for the main sound.'})
  })
})

describe('The formats of a site without a manifest', () => {
  const sound = (format_id: string, language: string, ext = 'm4a'): Format => ({format_id, url: `https://x/${format_id}`, protocol: 'https', ext, vcodec: 'none', acodec: 'mp4a', language})
  const picture: Format = {format_id: 'v', url: 'https://x/v', protocol: 'https', ext: 'mp4', vcodec: 'avc1', acodec: 'none'}
  const all = [sound('fi-low', 'fi'), sound('fi', 'fi'), sound('fi-webm', 'fi', 'webm'), sound('en', 'en-US'), picture]
  const chosen = (audio: AudioWish, selected: readonly Format[] = [picture, all[3]!]): unknown =>
    asManifestsSay({format_id: '0', requested_formats: selected, formats: all} satisfies Info, [], {audio}).requested_formats?.map(({format_id: id}) => id)

  it.each([[{language: 'fi'}, ['v', 'fi']], [{language: 'en'}, ['v', 'en']], [{language: 'en-GB'}, ['v', 'en']]])('by %j are %j', (audio, ids) => {
    expect(chosen(audio)).toEqual(ids)
  })

  it('are refused where no language fits, and where no one says what kind of sound they are', () => {
    expect(failure(() => chosen({language: 'sv'}))).toMatchObject({name: 'TrackMissingError', message: expect.stringContaining('it has fi, en-US')})
    expect(failure(() => chosen({role: 'description'}))).toMatchObject({name: 'TrackMissingError', message: expect.stringContaining('\'description\'. Ask for the main sound.')})
  })

  it('stay where no one says their language', () => {
    expect(chosen({language: 'fi'}, [{...picture, acodec: 'mp4a'}])).toEqual(['v'])
  })

  it('are not judged before there are any', () => {
    expect(asManifestsSay({format_id: '0', live_status: 'is_upcoming'}, [], {audio: {role: 'description'}})).toMatchObject({live_status: 'is_upcoming'})
  })
})
