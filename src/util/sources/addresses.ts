import {isMetadataAddress, isPublicAddress} from '../../lib/vendor/IpAddress'

// Users of util ask here, so that the door and its package can change.
export {isPublicAddress}

/** Whether a closed network's stack may fetch from an address: any but those at which clouds keep credentials. */
export const isReachableAddress = (ip: string): boolean => !isMetadataAddress(ip)
