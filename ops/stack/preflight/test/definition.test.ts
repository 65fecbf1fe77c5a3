import {describe, expect, it} from '@jest/globals'
import {definitions, fillIn} from '../definition'

describe('A definition to be asked about', () => {
  it('is JSON without a placeholder, in the account, the Region and the stack that it is for', () => {
    const found = definitions({account: '123456789012', region: 'us-gov-west-1', suffix: '-Dev'})
    expect(found.map(([name]) => name)).toEqual(['FileDownloadWorkflow'])
    for (const [, text] of found) {
      expect(Object.keys((JSON.parse(text) as {States: object}).States).length).toBeGreaterThan(5)
      expect(text).not.toContain('${')
      expect(text).toContain('arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:TransferFile-Dev')
    }
  })

  it.each([['us-gov-west-1', 'aws-us-gov'], ['cn-northwest-1', 'aws-cn']])('has every ARN in the partition of %s', (region, partition) => {
    const arns = definitions({account: '123456789012', region, suffix: ''}).flatMap(([, text]) => text.match(/\barn:[\w-]+/g) ?? [])
    expect({isMany: arns.length > 8, partitions: [...new Set(arns)]}).toEqual({isMany: true, partitions: [`arn:${partition}`]})
  })

  it.each([['cn-north-1', 'aws-cn'], ['us-gov-east-1', 'aws-us-gov'], ['eu-central-1', 'aws'], ['eusc-de-east-1', 'aws-eusc'], ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'], ['eu-isoe-west-1', 'aws-iso-e'], ['us-isof-south-1', 'aws-iso-f']
  ])('has the partition of %s', (region, partition) => {
    expect(fillIn('arn:${Partition}:x', {account: '1', region, suffix: ''})).toBe(`arn:${partition}:x`)
  })
})
