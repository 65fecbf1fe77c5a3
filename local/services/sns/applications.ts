import {ServiceError} from '../../runtime/core/errors'
import {text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'

export interface PlatformApplication {
  readonly arn: string
  /** `APNS`, `APNS_SANDBOX`, `GCM`, … */
  readonly platform: string
}

/** Finds a platform application of the wiring. Throws NotFound. */
export const applicationFinder = (wiring: Wiring): (arn: string) => PlatformApplication => {
  const applications = wiring.ofType('aws_sns_platform_application').map(({values}) => ({arn: text(values, 'arn'), platform: text(values, 'platform')}))
  return (wanted) => {
    const application = applications.find(({arn}) => arn === wanted)
    if (application === undefined) {
      throw new ServiceError('NotFound', 'PlatformApplication does not exist', 404)
    }
    return application
  }
}
