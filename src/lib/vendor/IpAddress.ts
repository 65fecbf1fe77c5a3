import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

// Where clouds hand out a machine's credentials beside the link-local 169.254.169.254: Azure, Alibaba, Oracle, and EC2 over IPv6.
const metadataAddresses = new Set(['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254'])

const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

const parse = (ip: string): Address | undefined => ipaddr.isValid(ip) && !ip.includes('%') ? ipaddr.parse(ip) : undefined

/** The address that a packet ends at: mapped and NAT64 addresses carry an IPv4 one in their last four bytes. */
const effective = (address: Address): Address =>
  address instanceof ipaddr.IPv6 && (address.isIPv4MappedAddress() || address.match(nat64))
    ? new ipaddr.IPv4(address.toByteArray().slice(12))
    : address

const isGlobal = (address: Address): boolean =>
  address instanceof ipaddr.IPv4 ? !metadataAddresses.has(address.toString()) : address.match(globalUnicast)

/**
 * Whether an IP address (as text, any usual notation) is one of the public internet. Loopback, private, shared, link-local (so the clouds'
 * metadata), multicast, documentation and reserved ranges are not, nor are tunnels (6to4, Teredo), zones, nor anything that is no address.
 * Ranges: https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export const isPublicAddress = (ip: string): boolean => {
  const address = parse(ip)
  const target = address && effective(address)
  return target !== undefined && target.range() === 'unicast' && isGlobal(target)
}

/** Whether an address is link-local or another at which clouds keep the credentials of a machine: nothing to fetch from, ever. */
export const isMetadataAddress = (ip: string): boolean => {
  const address = parse(ip)
  const target = address && effective(address)
  return target !== undefined && (target.range() === 'linkLocal' || metadataAddresses.has(target.toString()))
}
