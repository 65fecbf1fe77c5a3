/** What Event Ruler 2.1.0 answers (`npm run patterns:judge`): the smallest pairs on which an earlier matcher answered otherwise. */
export type TextCase = readonly [pattern: string, event: string, matches: boolean]

export const numberCases: readonly TextCase[] = [
  ['{"a":[{"numeric":[">",2]}]}', '{"a":1e10}', true],
  ['{"a":[{"numeric":["=",1e10]}]}', '{"a":10000000000}', true],
  ['{"a":[{"numeric":[">=",5368709120]}]}', '{"a":5368709121}', true],
  ['{"a":[{"numeric":["=",1793700000123456]}]}', '{"a":1793700000123456}', true],
  ['{"a":[1e0]}', '{"a":1.00}', true],
  ['{"a":[9007199254740993]}', '{"a":9007199254740993}', true],
  ['{"a":[9007199254740993]}', '{"a":9007199254740992}', false],
  ['{"a":[9007199254740993]}', '{"a":9007199254740993.0}', false],
  ['{"a":[{"numeric":[">",0]}]}', '{"a":9007199254740993}', false],
  ['{"a":[{"numeric":[">",0]}]}', '{"a":1e400}', false],
  ['{"a":[{"anything-but":[5]}]}', '{"a":5.0}', false],
  ['{"a":[{"anything-but":[5]}]}', '{"a":1e400}', true],
  ['{"a":[0]}', '{"a":-0.0}', true]
]

export const addressCases: readonly TextCase[] = [
  ['{"a":[{"cidr":"10.0.0.5/24"}]}', '{"a":"10.0.0.1"}', true],
  ['{"a":[{"cidr":"::/0"}]}', '{"a":"10.0.0.1"}', true],
  ['{"a":[{"cidr":"::/0"}]}', '{"a":"0.0.0.0"}', false],
  ['{"a":[{"cidr":"::/0"}]}', '{"a":"255.255.255.255"}', false],
  ['{"a":[{"cidr":"0.0.0.0/0"}]}', '{"a":"2001:db8::1"}', true],
  ['{"a":[{"cidr":"010.0.0.0/8"}]}', '{"a":"10.1.2.3"}', true],
  ['{"a":[{"cidr":"10.0.0.0/8"}]}', '{"a":"::ffff:a01:203"}', true],
  ['{"a":["10.0.0.1"]}', '{"a":"010.0.0.1"}', true],
  ['{"a":["10.0.0.1"]}', '{"a":"a00:1::"}', true],
  ['{"a":[{"exactly":"10.0.0.1"}]}', '{"a":"010.0.0.1"}', false],
  ['{"a":[{"anything-but":"10.0.0.1"}]}', '{"a":"010.0.0.1"}', true],
  ['{"a":[{"cidr":"0.0.0.0/0"}]}', '{"a":12345678}', true],
  ['{"a":[{"cidr":"0.0.0.0/0"},{"numeric":["=",1]}]}', '{"a":12345678}', false],
  ['{"$or":[{"a":[{"anything-but":5}]},{"a":[{"cidr":"0.0.0.0/0"}]}]}', '{"a":5}', false]
]

export const caseCases: readonly TextCase[] = [
  ['{"a":[{"equals-ignore-case":"ß"}]}', '{"a":"SS"}', true],
  ['{"a":[{"equals-ignore-case":"ß"}]}', '{"a":"ss"}', false],
  ['{"a":[{"equals-ignore-case":"ss"}]}', '{"a":"ß"}', false],
  ['{"a":[{"equals-ignore-case":"k"}]}', '{"a":"\u212A"}', false],
  ['{"a":[{"equals-ignore-case":"\u212A"}]}', '{"a":"k"}', true],
  ['{"a":[{"equals-ignore-case":"ǅ"}]}', '{"a":"ǅ"}', false],
  ['{"a":[{"prefix":{"equals-ignore-case":"ß"}}]}', '{"a":"SSa"}', true],
  ['{"a":[{"suffix":{"equals-ignore-case":"ŉ"}}]}', '{"a":"aʼN"}', true],
  ['{"a":[{"anything-but":{"equals-ignore-case":"ß"}}]}', '{"a":"SS"}', false],
  ['{"a":[{"equals-ignore-case":"a.c"}]}', '{"a":"abc"}', false]
]

export const structureCases: readonly TextCase[] = [
  ['{"a":{"b":[{"exists":false}],"c":[1]}}', '{"a":[{"b":1},{"c":1}]}', false],
  ['{"a":{"b":[1],"c":[{"exists":false}]}}', '{"a":[{"b":1},{"c":1}]}', true],
  ['{"a":{"c":[{"exists":false}],"d":[1]}}', '{"a":[{"c":1,"d":2},{"d":1}]}', false],
  ['{"a":[1]}', '{"a":1,"a":2}', true],
  ['{"a":[2]}', '{"a":1,"a":2}', true],
  ['{"a":{"b":[1],"c":[2]}}', '{"a":{"b":1},"a":{"c":2}}', true],
  ['{"a":[1],"a":[2]}', '{"a":1}', false],
  ['{"b":[1],"b.c":["x"]}', '{"b.c":"x","b":[{"c":""},[1]]}', false],
  ['{"a":[{"suffix":"\\"a"}]}', '{"a":"a"}', true],
  ['{"a":["x",{"anything-but":{"prefix":[]}}]}', '{"a":"y"}', false]
]

/** How many beginnings of its wildcard values one text can fit at once. */
export const complexityCases: ReadonlyArray<readonly [pattern: string, complexity: number]> = [
  ['{"a":["x"]}', 0],
  ['{"a":[{"wildcard":"*"}]}', 2],
  ['{"a":[{"wildcard":"*a*"}]}', 3],
  ['{"a":[{"wildcard":"*a*"},{"wildcard":"*b*"}]}', 6],
  ['{"a":[{"wildcard":"*a*"},{"wildcard":"*a*"}]}', 5],
  ['{"a":[{"wildcard":"*a*b*c*d*e*f*"}]}', 8],
  ['{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}', 11],
  ['{"a":[{"anything-but":{"wildcard":["*:","*:*"]}}]}', 3],
  ['{"a":[{"wildcard":"*é"}]}', 2],
  ['{"$or":[{"a":[{"wildcard":"*a"}]},{"a":[{"wildcard":"*a"}],"b":[1]}]}', 3],
  ['{"$or":[{"a":[1],"b":[{"wildcard":"*a*"}]},{"a":[2],"b":[{"wildcard":"*b*"}]}]}', 3],
  ['{"$or":[{"a":[1],"b":[{"wildcard":"*a*"}]},{"a":[1],"b":[{"wildcard":"*b*"}]}]}', 6]
]
