import {command} from '../../shared/cli/command'
import {UsageError} from '../../shared/cli/errors'
import {readTarget, targetOptions} from '../program/target'
import {formatStory} from './entry'
import {tell} from './tell'

export const timeline = command({
  name: 'timeline', summary: 'Tells what happened to a file, in one order: request, events, states, bytes, pushes.', words: '<fileId>',
  notes: 'Reads the table, the execution histories and the functions\' logs: those of a local stack in --data (npm start --ephemeral keeps none), of AWS\nby CloudWatch Logs Insights.',
  options: targetOptions,
  run: async ({words: [fileId = ''], ...asked}) => {
    // It becomes part of a query of Logs Insights.
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(fileId)) {
      throw new UsageError(`Expected one fileId, as POST /files returns it; got '${fileId}'.`)
    }
    const told = await tell(fileId, await readTarget(asked))
    const lines = [`${fileId}, from ${told.entries[0]?.at}`, ...formatStory(told.entries), ...told.notes.map((note) => `Note: ${note}`)]
    return {value: told, text: lines.join('\n')}
  }
})
