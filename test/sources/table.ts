import type {SourceSubject} from './case'
import {answers} from './table/answers'
import {codings} from './table/codings'
import {crowds} from './table/crowds'
import {endless} from './table/endless'
import {feeds} from './table/feeds'
import {kinds} from './table/kinds'
import {limits} from './table/limits'
import {looking} from './table/looking'
import {lostTracks} from './table/lost-tracks'
import {names} from './table/names'
import {pieces} from './table/pieces'
import {playlists} from './table/playlists'
import {ranges} from './table/ranges'
import {redirects} from './table/redirects'
import {trackTable} from './table/tracks'
import {wishedSoundTable} from './table/wished-sounds'
import {waiting} from './table/waiting'
import {wholeLooks} from './table/whole-looks'

/** Every behaviour of sources that is promised, by subject: the tests run it, and docs/sources.md is printed from it. */
export const sourceTable: readonly SourceSubject[] = [
  answers, crowds, endless, feeds, kinds, limits, looking, names, playlists, redirects, trackTable, wishedSoundTable,
  lostTracks, waiting, pieces, ranges,
  codings, wholeLooks
]
