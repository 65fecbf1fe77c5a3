import {runProgram} from '../shared/cli/program'
import {programs, summary} from './programs'

const args = process.argv.slice(2)

process.exitCode = await runProgram('npm run ops --', summary, await programs(args[0]), args)
