import type {Context} from '../proof'
import {loadProof} from './proofs'
import type {Message} from './run'

// One proof in a process of its own: `node child.ts <proof> <seed> <long>`. What it says goes to its parent.
const [path = '', seed = '', long = ''] = process.argv.slice(2)

const say = (message: Message): Promise<void> => new Promise((resolve) => { process.send!(message, () => resolve()) })

const fail = async (error: unknown): Promise<never> => {
  await say({type: 'failed', reason: error instanceof Error ? error.stack ?? error.message : String(error)})
  process.exit(1)
}

process.on('unhandledRejection', fail)
process.on('uncaughtException', fail)
// No one waits for it any more.
process.on('disconnect', () => process.exit(1))

const context: Context = {
  seed: Number(seed), long: long === 'true', progress: (text) => { void say({type: 'progress', text}) }
}
try {
  await say({type: 'proven', figures: await (await loadProof(path)).run(context)})
  process.exit(0)
} catch (error) {
  await fail(error)
}
