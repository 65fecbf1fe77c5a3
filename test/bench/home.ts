import {startMediaSite} from '../helpers/media-site'
import {anotherCheckout, bench, checkouts} from './frame'
import {median, row, type Row} from './rows'
import {startStack} from './stack/stack'

const bytes = 1_100_000
/** One after the other, when the first one is home. */
const warmFiles = 5

interface Times {
  readonly cold: number
  readonly warm: number
}

/** Seconds of the first file of a new stack, and the median of those after it. */
const measure = async (folder: string): Promise<Times> => {
  const site = await startMediaSite()
  await using stack = await startStack(folder)
  const bring = (file: number): Promise<number> => stack.bring(site.url(`/synthetic/${bytes}.mp4?file=${file}`))
  const cold = await bring(0)
  const warm: number[] = []
  for (let file = 1; file <= warmFiles; file++) {
    warm.push(await bring(file))
  }
  await site.close()
  return {cold, warm: median(warm)}
}

const rowOf = (name: keyof Times, ratio: number, here: readonly Times[], other: readonly Times[] | undefined): Row => row(
  {what: `POST to file home, 1.1 MB, ${name}`, unit: 's', target: {ratio}}, here.map((times) => times[name]),
  anotherCheckout(other?.map((times) => times[name]))
)

await bench('home', async (options) => {
  const {here, other} = await checkouts(options, measure)
  return [rowOf('warm', 0.4, here, other), rowOf('cold', 0.35, here, other)]
})
