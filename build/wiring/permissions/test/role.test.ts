import {describe, expect, it} from '@jest/globals'
import {createRecording} from '../recording'
import {judgeRole} from '../role'

const place = {partition: 'aws', region: 'ap-southeast-2', account: '123456789012'}
const stack = {suffix: '-Long', region: place.region, bootstrap: ['-var', 'more=1']}

const statement = (resource: string) => ({Effect: 'Allow', Action: 'dynamodb:*', Resource: resource})
const policyOf = (...resources: string[]): string => JSON.stringify({Statement: resources.map(statement)}, null, 2)

const judged = async (policies: readonly string[], table: string): Promise<{problems: string[], plans: string[]}> => {
  const plans: string[] = []
  const recording = createRecording(place)
  recording.take('dynamodb', {
    method: 'POST', url: new URL('http://front/'), headers: {'x-amz-target': 'DynamoDB_20120810.DescribeTable'}, body: Buffer.from(JSON.stringify({TableName: table}))
  })
  const bootstrap = (...args: string[]): Promise<string> => {
    plans.push(...args[0] === 'plan' ? [args.join(' ')] : [])
    return Promise.resolve(JSON.stringify({planned_values: {root_module: {resources: [
      ...policies.map((policy) => ({type: 'aws_iam_policy', values: {policy}})), {type: 'aws_iam_role', values: {}}
    ]}}}))
  }
  return {problems: await judgeRole(recording, stack, bootstrap, [], () => undefined), plans}
}

describe('the deploy role of a run', () => {
  it('is planned for the stack of the run', async () => {
    const {problems, plans} = await judged([policyOf('*')], 'Files')
    expect([problems, plans]).toEqual([[], [
      'plan -no-color -var repository=owner/name -var region=ap-southeast-2 -var environments={"judged":"-Long"} -var more=1 -out=role.tfplan'
    ]])
  })

  it('is denied what no policy allows', async () => {
    expect((await judged([policyOf('arn:aws:dynamodb:ap-southeast-2:123456789012:table/Other')], 'Files')).problems).toEqual([
      'The deploy role of terraform/bootstrap needs dynamodb:DescribeTable on arn:aws:dynamodb:ap-southeast-2:123456789012:table/Files; its policies do not allow it.'
    ])
  })

  it('has policies that IAM takes: by their size without spaces, and by their number', async () => {
    const large = policyOf(...Array.from({length: 90}, () => '*'))
    expect((await judged([large], 'Files')).problems).toEqual([])
    expect((await judged([policyOf(...Array.from({length: 150}, () => '*'))], 'Files')).problems).toEqual([
      expect.stringMatching(/^A policy of the deploy role has \d{4} characters; IAM takes 6144\.$/)
    ])
    expect((await judged(Array.from({length: 11}, () => policyOf('*')), 'Files')).problems).toEqual(['The deploy role has 11 policies; IAM takes 10.'])
  })
})
