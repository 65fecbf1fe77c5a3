import {parseArn} from './arn'
import {text} from './values'
import type {Wiring} from './wiring'

/** Where the wiring is deployed: every service answers with ARNs of this account and region. */
export interface Place {
  readonly partition: string
  readonly region: string
  readonly account: string
}

const nowhere: Place = {partition: 'aws', region: 'us-west-2', account: '123456789012'}

/** Taken from the first ARN that has region and account: a bucket's has neither. */
export const findPlace = (wiring: Wiring): Place => {
  const arns = wiring.resources.map(({values}) => text(values, 'arn')).filter((arn) => arn !== '')
  return arns.map(parseArn).find(({region, account}) => region !== '' && account !== '') ?? nowhere
}
