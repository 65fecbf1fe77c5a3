import ipaddr from 'ipaddr.js'

/** Whether an IP address is one that the public internet routes: not private, loopback, link-local, multicast or otherwise reserved. */
export const isPublicAddress = (ip: string): boolean => ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'unicast'
