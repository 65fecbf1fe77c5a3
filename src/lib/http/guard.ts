import type {LookupAddress} from 'node:dns'
import {lookup} from 'node:dns/promises'
import {isIP, type LookupFunction} from 'node:net'
import {NamedError} from '../../util/errors'
import {isPublicAddress} from '../vendor/IpAddress'

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

/** Which addresses may be connected to. Without anything: those of the public internet, as the system resolves names. */
export interface AddressPolicy {
  readonly permits?: (address: string) => boolean
  readonly resolve?: Resolve
}

const resolveBySystem: Resolve = (hostname) => lookup(hostname, {all: true, order: 'verbatim'})

const resolveHost = async (host: string, resolve: Resolve): Promise<readonly LookupAddress[]> => {
  const family = isIP(host)
  return family === 0 ? resolve(host) : [{address: host, family}]
}

/**
 * The addresses of a host, each checked. One that is not permitted spoils all: such an answer is a mistake or an attack.
 * Throws PrivateAddressError, and the resolver's own errors.
 */
export const checkedAddresses = async (
  hostname: string, {permits = isPublicAddress, resolve = resolveBySystem}: AddressPolicy
): Promise<readonly LookupAddress[]> => {
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = await resolveHost(host, resolve)
  const refused = addresses.find(({address}) => !permits(address))
  if (refused !== undefined) {
    throw new NamedError('PrivateAddressError',
      `${host} ${refused.address === host ? 'is' : `leads to ${refused.address},`} a private, local or reserved address.`
        + ' Use a link to the public internet.')
  }
  if (addresses.length === 0) {
    throw new NamedError('UnknownHostError', `${host} has no address. Check the spelling of the link.`)
  }
  return addresses
}

/** A `lookup` that knows these addresses alone: what was checked is what is connected to, whatever the name says a moment later. */
export const pinned = (addresses: readonly LookupAddress[]): LookupFunction => (_hostname, {all}, callback) => {
  const [first] = addresses
  if (all) {
    callback(null, [...addresses])
  } else {
    callback(null, first?.address ?? '', first?.family)
  }
}
