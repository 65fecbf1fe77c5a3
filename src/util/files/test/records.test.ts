import {describe, expect, it} from '@jest/globals'
import {parseDevice, parseFile, parseRequest} from '../records'

describe('an item of the table', () => {
  it('is a record of its kind as it is', () => {
    const file = {PK: 'FILE#a', SK: 'FILE', fileId: 'a', status: 'Requested', later: 1}
    expect(parseFile(file)).toBe(file)
  })

  it('is refused if it has not what its kind is known by', () => {
    const item = {PK: 'FILE#a', SK: 'USER#u', fileId: 'a', userId: 1}
    expect(() => parseRequest(item)).toThrow('Expected the record of a request; the item FILE#a USER#u has no userId. Look at it in the table.')
    expect(() => parseDevice(item)).toThrow('Expected the record of a device; the item FILE#a USER#u has no deviceId, endpointArn. Look at it in the table.')
  })
})
