import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileRecord} from '../../../types/domain'
import {logger} from '../../../util/logger'
import {requestAgain} from '../../../util/files/request-again'
import {settleEach, throwAny} from '../../../util/settle'
import {startWorkflow} from '../../../util/files/start-workflow'
import {dueFiles, leftFiles} from './due-files'

const concurrency = 10

interface Done {
  readonly count: number
  readonly errors: readonly unknown[]
}

const forEach = async (files: AsyncGenerator<FileRecord>, work: (file: FileRecord) => Promise<void>): Promise<Done> => {
  let count = 0
  const errors = await settleEach(files, concurrency, async (file) => {
    await work(file)
    count += 1
  })
  return {count, errors}
}

export const handler = withXRay(async () => {
  const due = await forEach(dueFiles(), startWorkflow)
  const left = await forEach(leftFiles(), requestAgain)
  const errors = [...due.errors, ...left.errors]
  logger.info('Due files were handed on.', {started: due.count, requestedAgain: left.count, failed: errors.length})
  throwAny(errors, `Expected to hand on every due file; ${errors.length} were not`)
  return {started: due.count, requestedAgain: left.count}
})
