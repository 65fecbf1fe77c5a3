import {wiredFunctions} from '../../../shared/wiring/functions'
import type {Wiring} from '../../../shared/wiring/wiring'

/** Feedly's token on this machine: `curl -H 'X-Feedly-Token: local-feedly-token' …/feedly`. On AWS it is a secret that only the account has. */
export const localFeedlyToken = 'local-feedly-token'

/** Values for the SSM parameters whose names functions get. */
export const localParameters = (wiring: Wiring): Record<string, string> => Object.fromEntries(wiredFunctions(wiring)
  .map(({environment}) => environment['FEEDLY_TOKEN_PARAMETER'] ?? '')
  .filter((name) => name !== '')
  .map((name): [string, string] => [name, localFeedlyToken]))
