import {loadavg} from 'node:os'
import {runShadow} from '../../local/replay/shadow'
import {shadowText} from '../../local/replay/report'
import {readWiring} from '../../shared/wiring/wiring'
import {archiveOf} from './archive'

const [count = '100000', seed = '1'] = process.argv.slice(2)
const startedAt = performance.now()
const events = archiveOf(Number(count), Number(seed))
console.log(`An archive of ${events.length} events, seed ${seed}, was made in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
const report = await runShadow({wiring: readWiring('local/wiring.json'), events})
const {user, system} = process.cpuUsage()
console.log(shadowText(report))
console.log(`processor time ${((user + system) / 1e6).toFixed(1)} s; load of the machine ${loadavg()[0]!.toFixed(1)}`)
process.exitCode = report.different === 0 && report.effects === 0 ? 0 : 1
