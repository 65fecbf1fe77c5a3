import {command} from '../shared/cli/command'
import {UsageError} from '../shared/cli/errors'
import {runCommand} from '../shared/cli/program'
import {pinnedTofu} from './tofu/tools'
import {releases} from './tofu/pin'

process.exitCode = await runCommand(command({
  name: 'npm run tofu --', summary: 'Builds the pinned releases of OpenTofu with Go, each once, and prints where they are.', words: '[newest|oldest...]',
  notes: 'Both if none is named. They lie in a cache outside the checkout, below XDG_CACHE_HOME or ~/.cache. The first build takes minutes.', options: {},
  run: async ({words}, {note}) => {
    const unknown = words.find((name) => !releases.some((release) => release === name))
    if (unknown !== undefined) {
      throw new UsageError(`There is no release '${unknown}'; there are ${releases.join(', ')}.`)
    }
    const built = []
    for (const release of releases.filter((each) => words.length === 0 || words.includes(each))) {
      built.push(await pinnedTofu(release, note))
    }
    return {value: built, text: built.map(({version, program}) => `OpenTofu ${version}: ${program}`).join('\n')}
  }
}), process.argv.slice(2))
