import fc from 'fast-check'

/** What breaks programs: too long, too short, another type, another encoding, a name that means something to someone. */
const known = [
  '', ' ', '.', '..', '../../etc/passwd', '__proto__', 'constructor', 'toString', 'null', 'NaN', '1e999', '-1', '0x10', '%', '%E0%A4%A', '%00',
  '\u0000',
  '\ud800', '\udfff\ud800', '\u202e', '#', 'FILE#a', 'USER#a#DEVICE#b', '\'; DROP TABLE files; --', '<script>alert(1)</script>', '{"$ne": null}', '${7*7}',
  '\r\nx-injected: 1', 'a'.repeat(300), 'a'.repeat(5_000), '🦊'.repeat(300), 'é'.repeat(1_100)
]

export const hostileText = fc.oneof(
  fc.constantFrom(...known), fc.string({maxLength: 300}), fc.string({unit: 'binary', maxLength: 300}), fc.string({unit: 'grapheme', maxLength: 100})
)

const hosts = ['localhost', '127.1', '0x7f000001', '[::1]', '[::ffff:169.254.169.254]', '169.254.169.254', 'metadata.google.internal', 'example.com', 'xn--a', 'a..b']

export const hostileUrl = fc.oneof(
  hostileText, fc.webUrl({withQueryParameters: true, withFragments: true}),
  fc.tuple(fc.constantFrom('http', 'https', 'ftp', 'file', 'javascript', 'data', 'HTTP'), fc.constantFrom(...hosts), hostileText)
    .map(([scheme, host, path]) => `${scheme}://${host}/${path}`),
  fc.tuple(hostileText, hostileText).map(([user, path]) => `https://${user}@www.youtube.com/watch?v=${path}`)
)

const odd: readonly unknown[] = [null, 0, -1, 1e308, 1e20, 0.1, true, [], {}, [[]], {length: 1e9}, {toString: 1}]

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(hostileText, hostileUrl, fc.jsonValue({maxDepth: 3}), fc.constantFrom(...odd))

/** An object like the given one in which some members are hostile, and some are missing. */
export const nearly = (example: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> => fc.record(
  Object.fromEntries(Object.entries(example).map(([name, value]) => [name, fc.oneof({weight: 3, arbitrary: fc.constant(value)}, hostileValue)])),
  {requiredKeys: []}
)

/** Text of a body: no JSON at all, any JSON, or nearly what is expected. */
export const hostileBody = (examples: ReadonlyArray<Readonly<Record<string, unknown>>>): fc.Arbitrary<string | undefined> => fc.oneof(
  fc.constant(undefined), hostileText, fc.json(), fc.constantFrom('[]', 'null', '{"url":', `{"a":${'['.repeat(5_000)}`, 'x'.repeat(70_000)),
  ...examples.map((example) => nearly(example).map((value) => JSON.stringify(value)))
)
