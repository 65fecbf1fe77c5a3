import {describe, expect, it} from '@jest/globals'
import {createArrivals} from '../stack/arrivals'

const event = (detailType: string, fileId: string) => ({'detail-type': detailType, detail: {fileId}})

describe('A file', () => {
  it('has come when its event says so, be that heard before anyone waits for it or after', async () => {
    const arrivals = createArrivals(1_000)
    const late = arrivals.at('late')
    arrivals.hear(event('FileDownloadStarted', 'late'))
    arrivals.hear(event('FileDownloadCompleted', 'early'))
    arrivals.hear(event('FileDownloadCompleted', 'late'))
    expect(await late).toBeGreaterThanOrEqual(await arrivals.at('early'))
  })

  it('that fails fails the measurement, with what the stack says', async () => {
    const arrivals = createArrivals(1_000)
    arrivals.hear(event('FileDownloadFailed', 'a'))
    await expect(arrivals.at('a')).rejects.toThrow('Expected the file a to come home; the stack says {"fileId":"a"}.')
  })

  it('that does not come fails the measurement', async () => {
    await expect(createArrivals(1).at('a')).rejects.toThrow('Expected the file a to come home; it has not within 1 ms.')
  })
})
