import {runCommand} from '../../shared/cli/program'
import {start} from './command'

process.exitCode = await runCommand(start, process.argv.slice(2))
