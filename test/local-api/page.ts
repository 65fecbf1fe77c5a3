import type {Spoken, SpokenNames} from '../../local/runtime/core/spoken'
import type {SpokenService} from './tables'

/** What follows it in docs/local-api.md is written by `npm run local-api:docs`. */
export const marker = '<!-- From here on written by `npm run local-api:docs` from local/services/*/spoken.ts. -->'

const introduction = `${marker}

## The AWS endpoint

What the address speaks of AWS, for the SDKs, the AWS CLI, Terraform and other clients. What is not listed as spoken is refused with an
error of the service; nothing is accepted and then ignored.
`

const cell = (text: string): string => text.replaceAll('|', '\\|')

const rows = (heading: string, names: SpokenNames): string[] => Object.keys(names).length === 0
  ? []
  : ['', `| ${heading} | |`, '| --- | --- |', ...Object.entries(names).sort(([one], [other]) => one < other ? -1 : 1).map(([name, note]) => `| ${cell(name)} | ${cell(note)} |`)]

const plain = ({operations}: Spoken): string[] => Object.keys(operations).filter((name) => operations[name] === '').sort()

const noted = ({operations}: Spoken): SpokenNames => Object.fromEntries(Object.entries(operations).filter(([, note]) => note !== ''))

const chapter = ({name, spoken}: SpokenService): string => [
  '',
  `### ${spoken.title}`,
  '',
  `Signed for \`${name}\`, protocol ${spoken.protocol}.`,
  ...(plain(spoken).length === 0 ? [] : ['', `As on AWS: ${plain(spoken).map((operation) => `\`${operation}\``).join(', ')}.`]),
  ...rows('Spoken, with a difference', noted(spoken)),
  ...rows('Refused', spoken.refused),
  ''
].join('\n')

/** The generated part of docs/local-api.md, with its marker. */
export const endpointChapter = (services: readonly SpokenService[]): string => `${introduction}${services.map(chapter).join('')}`

/** The whole page: what stands before the marker stays as someone wrote it. */
export const pageOf = (page: string, services: readonly SpokenService[]): string => {
  const [written = ''] = page.split(marker)
  return `${written.trimEnd()}\n\n${endpointChapter(services)}`
}
