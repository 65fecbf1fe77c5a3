import {describe, expect, it} from '@jest/globals'
import {isPublicAddress, isReachableAddress} from '../addresses'

const refused: ReadonlyArray<readonly [ip: string, what: string]> = [
  ['0.0.0.0', 'unspecified'], ['0.1.2.3', 'this network'], ['127.0.0.1', 'loopback'], ['127.255.255.254', 'end of loopback'],
  ['10.0.0.0', 'private A'], ['10.255.255.255', 'private A'], ['172.16.0.1', 'private B'], ['172.31.255.255', 'private B'],
  ['192.168.0.1', 'private C'], ['100.64.0.1', 'shared (CGNAT)'], ['100.127.255.255', 'shared (CGNAT)'], ['100.100.100.200', 'Alibaba metadata'],
  ['169.254.0.1', 'link-local'], ['169.254.169.254', 'metadata'], ['169.254.170.2', 'ECS credentials'], ['168.63.129.16', 'Azure wire server'],
  ['192.0.0.1', 'IETF assignments'], ['192.0.0.192', 'Oracle metadata'], ['192.0.2.1', 'documentation'], ['198.51.100.7', 'documentation'],
  ['203.0.113.7', 'documentation'], ['192.88.99.1', '6to4 relay'], ['198.18.0.1', 'benchmarking'], ['198.19.255.255', 'benchmarking'],
  ['224.0.0.1', 'multicast'], ['239.255.255.255', 'multicast'], ['240.0.0.1', 'reserved'], ['255.255.255.255', 'broadcast'],
  ['192.31.196.1', 'AS112'], ['192.52.193.1', 'AMT'], ['192.175.48.1', 'AS112'],
  ['2130706433', 'loopback as a number'], ['0x7f.1', 'loopback in hexadecimal'], ['0177.0.0.1', 'loopback in octal'], ['127.1', 'loopback in short'],
  ['::', 'unspecified'], ['::1', 'loopback'], ['0:0:0:0:0:0:0:1', 'loopback in full'], ['::7f00:1', 'IPv4-compatible loopback'],
  ['::ffff:127.0.0.1', 'mapped loopback'], ['::ffff:7f00:1', 'mapped loopback'], ['::ffff:10.1.2.3', 'mapped private'],
  ['::ffff:169.254.169.254', 'mapped metadata'], ['0:0:0:0:0:ffff:c0a8:0101', 'mapped private in full'], ['::ffff:0:127.0.0.1', 'translated loopback'],
  ['::ffff:168.63.129.16', 'mapped Azure wire server'],
  ['64:ff9b::7f00:1', 'NAT64 of loopback'], ['64:ff9b::10.0.0.1', 'NAT64 of private'], ['64:ff9b::a9fe:a9fe', 'NAT64 of metadata'],
  ['64:ff9b:1::8.8.8.8', 'NAT64 of a local prefix'], ['2002:7f00:1::', '6to4 of loopback'], ['2002:0808:0808::1', '6to4'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'], ['fe80::1', 'link-local'], ['fe80::1%eth0', 'link-local with a zone'], ['febf::1', 'end of link-local'],
  ['fec0::1', 'site-local'], ['fc00::1', 'unique local'], ['fd00:ec2::254', 'EC2 metadata'], ['fdff:ffff::1', 'unique local'],
  ['ff02::1', 'multicast'], ['ff0e::1', 'global multicast'], ['100::1', 'discard only'], ['2001:db8::1', 'documentation'], ['3fff::1', 'documentation'],
  ['2001:2::1', 'benchmarking'], ['2001:10::1', 'ORCHID'], ['2001:20::1', 'ORCHIDv2'], ['5f00::1', 'segment routing'], ['4000::1', 'not assigned'],
  ['2620:4f:8000::1', 'AS112'],
  ['', 'nothing'], ['example.com', 'a name'], ['1.2.3.4.5', 'too long'], ['256.1.1.1', 'no octet'], ['[::1]', 'a URL host'], ['1.2.3.4/8', 'a network'], ['::g', 'no hexadecimal']
]

const accepted: readonly string[] = [
  '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '52.216.0.1', '93.184.216.34', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1',
  '151.101.1.69', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '191.255.255.255', '192.167.255.255', '192.169.0.0', '198.17.255.255',
  '198.20.0.0', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001:82a::200e', '2600:1f18::1', '2001:4860:4860::8888', '2400:cb00::1', '2c0f:fb50::1',
  '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '64:ff9b::101:101'
]

describe('isPublicAddress', () => {
  it.each(refused)('refuses %s (%s)', (ip) => {
    expect(isPublicAddress(ip)).toBe(false)
  })

  it.each(accepted)('accepts %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(true)
  })
})

describe('isReachableAddress', () => {
  it.each(['127.0.0.1', '10.1.2.3', '::1', 'fd00::1', '8.8.8.8'])('accepts %s', (ip) => {
    expect(isReachableAddress(ip)).toBe(true)
  })

  it.each(['169.254.169.254', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', 'fe80::1', 'fd00:ec2::254', '100.100.100.200'])('refuses %s', (ip) => {
    expect(isReachableAddress(ip)).toBe(false)
  })
})
