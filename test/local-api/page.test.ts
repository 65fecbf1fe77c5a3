import {describe, expect, it} from '@jest/globals'
import {existsSync, globSync, readFileSync} from 'node:fs'
import type {Spoken} from '../../local/runtime/core/spoken'
import {endpointChapter, marker, pageOf} from './page'
import {spokenServices} from './tables'

const page = readFileSync('docs/local-api.md', 'utf8')
const services = await spokenServices()

const sourcesOf = (name: string): string => globSync(`local/services/${name}/**/*.ts`, {exclude: (path) => path.includes('/test/') || path.endsWith('spoken.ts')})
  .map((path) => readFileSync(path, 'utf8')).join('\n')

describe('docs/local-api.md', () => {
  it('is what `npm run local-api:docs` writes', () => {
    expect(pageOf(page, services)).toBe(page)
  })

  it('has a chapter for each service of the endpoint', () => {
    const signed = globSync('local/services/*/service.ts').map((path) => path.split('/').at(-2)!).filter((name) => name !== 'http-api')
    expect(services.map(({name}) => name)).toEqual(expect.arrayContaining(signed))
    expect(services.filter(({name}) => !page.includes(`\nSigned for \`${name}\``))).toEqual([])
  })

  it('keeps what stands before the marker', () => {
    expect(pageOf(`# Written by hand\n\n${marker}\nold\n`, [])).toBe(`# Written by hand\n\n${endpointChapter([])}`)
  })

  it('is told of each difference in a row, and of the rest in one line', () => {
    const spoken: Spoken = {title: 'Any', protocol: 'Query', operations: {PutB: '', PutA: '', PutC: 'a|b'}, refused: {acl: 'NotImplemented'}}
    expect(endpointChapter([{name: 'any', spoken}])).toContain([
      'As on AWS: `PutA`, `PutB`.', '', '| Spoken, with a difference | |', '| --- | --- |', '| PutC | a\\|b |', '', '| Refused | |', '| --- | --- |', '| acl | NotImplemented |'
    ].join('\n'))
  })
})

describe.each(services.filter(({spoken}) => /AWS JSON|Query/.test(spoken.protocol)))('The table of $name', ({name, spoken}) => {
  it('names no operation that the service lacks', () => {
    const dynalite = (operation: string): boolean => name === 'dynamodb'
      && existsSync(`node_modules/dynalite/actions/${operation[0]!.toLowerCase()}${operation.slice(1)}.js`)
    const sources = sourcesOf(name)
    expect(Object.keys(spoken.operations).filter((operation) => !new RegExp(`\\b${operation}\\b`).test(sources) && !dynalite(operation))).toEqual([])
  })
})
