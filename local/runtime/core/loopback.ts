import type {IncomingMessage} from 'node:http'

const loopbackNames = /^(127\.0\.0\.1|localhost|[\w.-]+\.localhost|\[::1\])$/

/** Host without port. */
const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '')

const isLoopbackOrigin = (origin: string): boolean => URL.canParse(origin) && loopbackNames.test(hostName(new URL(origin).host))

/**
 * Whether a request was meant for this machine. A web page can reach loopback by a name that resolves to it (DNS
 * rebinding) or by posting across origins; both show in Host or Origin.
 */
export const isForLoopback = ({headers: {host, origin}}: IncomingMessage): boolean =>
  host !== undefined && loopbackNames.test(hostName(host)) && (origin === undefined || isLoopbackOrigin(origin))
