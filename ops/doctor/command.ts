import {command} from '../../shared/cli/command'
import {flag, keyword, path} from '../../shared/cli/option'
import {dataFolder} from '../../shared/running-stack'
import {clientOptions, readTarget, targetOptions} from '../program/target'
import {examine} from './examine'
import {reportText} from './report'
import {withRuntime} from './runtime'
import {findYtDlp, lacksFfprobe, ytDlpLine} from './yt-dlp'

export const doctor = command({
  name: 'doctor', summary: 'Reports what has drifted apart of table, workflow, bus and bucket, and how old yt-dlp is.', failure: 2,
  notes: 'The rules are those of ReconcileFiles, which it asks.\nExit code: 0 no drift, or all fixed; 1 drift; 2 it could not look, or wrong usage.',
  options: {
    fix: flag('repairs it as well, by those who own each effect: nothing happens twice'),
    scope: keyword('scope', ['unfinished', 'all'], 'files under way and uploads, or every object and every finished file too', 'all'),
    ...targetOptions,
    data: path('folder', 'data of a local stack that does not run: one is started on it, and resumes what is unfinished')
  },
  run: async ({fix, scope, data, ...asked}) => {
    const look = (target: Parameters<typeof clientOptions>[0]) => examine({fix, scope, suffix: asked.suffix}, clientOptions(target))
    const target = data === undefined || asked.aws || asked.endpoint !== undefined ? await readTarget({...asked, data: dataFolder}) : undefined
    const report = target === undefined ? await withRuntime(data!, (endpoint) => look({endpoint, region: 'us-west-2'})) : await look(target)
    const isLocal = target === undefined || target.endpoint !== undefined
    const [ytDlp, lack] = await Promise.all([findYtDlp(isLocal, process.env), lacksFfprobe(isLocal, process.env)])
    return {
      value: {...report, ytDlp, ...(lack !== undefined && {lack})},
      text: [reportText(report, fix), ytDlpLine(ytDlp), ...(lack === undefined ? [] : [lack])].join('\n'),
      // What is left as it was found: all of it without --fix, else what could not be repaired.
      code: (fix ? report.failed : report.found) === 0 ? 0 : 1
    }
  }
})
