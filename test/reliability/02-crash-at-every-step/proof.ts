import type {Context, Figures, Proof} from '../proof'
import {lowRanges, openSource} from '../world/source'
import {openWorld} from '../world/world'
import {killFunctions} from './functions'
import {killRuntime} from './runtime'

const functions = async ({seed, progress}: Context): Promise<Figures> => {
  const world = await openWorld(seed, {environment: lowRanges})
  try {
    return await killFunctions(world, progress)
  } finally {
    await world.end()
  }
}

const runtime = async ({progress}: Context): Promise<Figures> => {
  const source = await openSource(Date.now)
  try {
    return await killRuntime(source, progress)
  } finally {
    await source.close()
  }
}

export const proof: Proof = {
  number: 2,
  title: 'A crash at every step',
  minutes: 12,
  run: async (context) => ({...await functions(context), ...await runtime(context)})
}
