import {inspectorLine} from './plain-reporter'
import type {Print, Reporter} from './reporter'
import {describe, line} from './timeline'
import {ytDlpLine} from './yt-dlp'

const welcome = (address: string, data: string | undefined): string => `MediaDownloader runs at ${address}: HTTP API and AWS endpoint in one.
Data: ${data ?? 'none is kept'}

  Request a file   curl ${address}/files -d '{"url": "https://…"}'
  See all files    curl ${address}/files
  Get a push       curl -X PUT ${address}/devices/phone -d '{"platform": "APNS", "token": "any"}'
  Be somebody      -H 'authorization: Bearer <name>' (else you are "local")
  Look inside      eval "$(npm run --silent env -- --endpoint ${address})" && aws stepfunctions list-state-machines
  Stop             Ctrl-C
`

/** The welcome, then what happens as it happens. */
export const timelineReporter = (print: Print, data: string | undefined, startedAt = Date.now()): Reporter => ({
  started: (address) => print(welcome(address, data)),
  inspector: (functionName, address) => print(inspectorLine(functionName, address)),
  ytDlp: (found) => print(ytDlpLine(found)),
  lacks: print,
  observed: (observation) => {
    const entry = describe(observation)
    if (entry !== undefined) {
      print(line(Date.parse(observation.at) - startedAt, entry))
    }
  },
  progress: () => undefined,
  result: () => undefined,
  end: () => undefined
})
