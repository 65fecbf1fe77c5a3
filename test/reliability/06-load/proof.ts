import type {Proof} from '../proof'
import {burst} from './burst'
import {latency} from './latency'

export const proof: Proof = {
  number: 6,
  title: 'Load',
  isAlone: true,
  minutes: 8,
  longMinutes: 30,
  // The latency comes first: after the burst the machine is still busy with what that left.
  run: async (context) => ({...await latency(context), ...await burst(context)})
}
