/** The last part of an ARN: the name. */
export const arnName = (arn: string): string => arn.split(/[:/]/).at(-1)!

/** `arn:partition:service:region:account:resource` */
export interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

export const parseArn = (arn: string): ArnParts => {
  const [prefix, partition = '', service = '', region = '', account = '', ...resource] = arn.split(':')
  if (prefix !== 'arn' || service === '') {
    throw new Error(`Expected an ARN; got '${arn}'.`)
  }
  return {partition, service, region, account, resource: resource.join(':')}
}
