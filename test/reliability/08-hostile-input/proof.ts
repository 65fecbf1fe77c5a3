import type {Context, Figures, Proof} from '../proof'
import {fuzzApi} from './api'
import {fuzzConsumers} from './consumers'
import {createFuzz} from './fuzz'
import {withQuietHouse} from './house'
import {proveIsolation} from './isolation'
import {fuzzQuarantine} from './quarantine'
import {fuzzSources} from './yt-dlp'

const run = async (context: Context): Promise<Figures> => {
  const {fuzz, count} = createFuzz(context)
  await fuzzQuarantine(fuzz)
  await withQuietHouse(async (system) => {
    await fuzzConsumers(fuzz)
    await fuzzApi(system, fuzz)
    await fuzzSources(fuzz)
  })
  return {'hostile inputs': count(), 'server errors': 0, 'unnamed errors': 0, 'routes isolated': await proveIsolation(context)}
}

export const proof: Proof = {number: 8, title: 'Hostile input', minutes: 8, longMinutes: 60, run}
