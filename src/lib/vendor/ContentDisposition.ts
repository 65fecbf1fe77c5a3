import {encodeExtended} from 'content-disposition'

/**
 * A `Content-Disposition` that saves a file (RFC 6266 4.3): `ascii` for old clients, quoted in any case as some of them want it, `name` for
 * all others. `ascii` is printable ASCII without quotes and backslashes.
 */
export const attachment = (name: string, ascii: string): string => `attachment; filename="${ascii}"; filename*=${encodeExtended(name)}`
