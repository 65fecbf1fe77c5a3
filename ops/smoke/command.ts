import {apiAt} from '../../shared/api'
import {command} from '../../shared/cli/command'
import {describeError} from '../../shared/errors'
import {authorizeBy} from './authorize'
import {options, readOptions} from './options'
import {prove} from './prove'
import {recorderFor} from './report'

const hintFor = (message: string): string => message.includes('PrivateAddressError')
  ? 'The source is on this machine: start the local stack with npm start -- --allow-private-sources, or name a --source elsewhere.'
  : ''

export const smoke = command({
  name: 'smoke', summary: 'Proves a deployment with one small download over its HTTP API, then cleans up.',
  notes: 'Requests to a deployed endpoint without --token are signed with your AWS credentials. The HTTP API can forget nothing: without --table\nand --bucket the records and the object stay; the last lines say what.',
  options,
  run: async ({json, ...given}, {print, note}) => {
    const asked = await readOptions(given, process.env)
    const recorder = recorderFor(asked.endpoint.origin, print)
    const ok = await prove(apiAt(asked.endpoint, authorizeBy(asked)), asked, recorder).then(() => true, (error: unknown) => {
      const message = describeError(error)
      const isSaid = !json && recorder.report().steps.some(({detail}) => detail === message)
      note([isSaid ? '' : message, hintFor(message)].filter((line) => line !== '').join('\n'))
      return false
    })
    const report = {...recorder.report(), ok}
    const verdict = ok ? `works: ${report.seconds.toFixed(1)} s.` : 'does not work.'
    return {
      value: report, code: ok ? 0 : 1,
      text: [...(report.left ?? []).map((each) => `stays   ${each}`), `The deployment at ${report.endpoint} ${verdict}`].join('\n')
    }
  }
})
