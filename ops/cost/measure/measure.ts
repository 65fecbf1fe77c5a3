import {mkdtempSync, rmSync} from 'node:fs'
import {cpus, tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Durations} from '../data'
import {bringFiles} from './bring'
import {readReports} from './reports'
import {buildBundles, startEmbedded} from '../../../shared/embedded'

const today = (): string => new Date().toISOString().slice(0, 10)

/** How long each function takes in the embedded AWS, by the REPORT lines of `files` files. Throws if a file does not come. */
export const measureHere = async (files: number, say: (done: number) => void): Promise<Durations> => {
  buildBundles()
  const data = mkdtempSync(join(tmpdir(), 'cost-measure-'))
  try {
    const runtime = await startEmbedded(['--allow-private-sources', '--data', data])
    try {
      await bringFiles(runtime.address, files, say)
    } finally {
      await runtime.stop()
    }
    const where = `the embedded AWS on ${cpus().length} ${process.arch} CPUs, Node ${process.version}, ${files} small files from loopback`
    return {date: today(), where, functions: readReports(join(data, 'logs'), files)}
  } finally {
    rmSync(data, {recursive: true, force: true})
  }
}

/** The same from a folder of logs, as CloudWatch has them: one file a function. */
export const measureLogs = (folder: string, files: number): Durations =>
  ({date: today(), where: `REPORT lines of ${files} files`, functions: readReports(folder, files)})
