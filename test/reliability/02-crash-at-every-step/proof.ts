import type {Context, Figures, Proof} from '../proof'
import {lowRanges, openSource} from '../world/source'
import {openWorld} from '../world/world'
import {killFunctions} from './functions'
import {killRuntime} from './runtime'

/** One job at a time in a world, so that a call's number is what it was; several worlds. */
const atOnce = 2

const functions = async ({seed, progress}: Context): Promise<Figures> => {
  const worlds = await Promise.all(Array.from({length: atOnce}, () => openWorld(seed, {environment: lowRanges})))
  try {
    return await killFunctions(worlds, progress)
  } finally {
    await Promise.all(worlds.map((world) => world.end()))
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
