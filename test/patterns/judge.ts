import {spawn, spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

/** What Event Ruler says of a pattern and an event. */
export interface Verdict {
  /** Why it does not take the pattern. */
  readonly refusal?: string
  /** What it threw once it had taken it. */
  readonly failure?: string
  readonly matches?: boolean
  readonly complexity?: number
}

export interface Judge {
  ask: (pairs: ReadonlyArray<readonly [pattern: string, event: string]>) => Promise<Verdict[]>
  end: () => void
}

const here = import.meta.dirname

const run = (program: string, ...options: string[]): void => {
  const {status, error} = spawnSync(program, options, {stdio: ['ignore', 'inherit', 'inherit']})
  if (status !== 0) {
    throw new Error(`Expected '${program} ${options[0]}' to end well (Java 17 and Maven are needed); it ended with ${error?.message ?? status}.`)
  }
}

/** Starts Event Ruler in a Java program that looks up no names of hosts; its libraries come from Maven into the folder. */
export const startJudge = (folder: string): Judge => {
  run('mvn', '-q', '-f', join(here, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`)
  const hosts = join(folder, 'hosts')
  writeFileSync(hosts, '')
  const java = spawn('java', ['-cp', join(folder, '*'), `-Djdk.net.hosts.file=${hosts}`, join(here, 'Judge.java')], {stdio: ['pipe', 'pipe', 'inherit']})
  const lines = createInterface({input: java.stdout})[Symbol.asyncIterator]()
  const next = async (): Promise<Verdict> => {
    const {value, done} = await lines.next()
    if (done === true) {
      throw new Error('Expected a verdict of Event Ruler; its program has ended.')
    }
    return JSON.parse(value) as Verdict
  }
  return {
    ask: async (pairs) => {
      java.stdin.write(`${pairs.map((pair) => `${JSON.stringify(pair)}\n`).join('')}\n`)
      const verdicts: Verdict[] = []
      while (verdicts.length < pairs.length) {
        verdicts.push(await next())
      }
      return verdicts
    },
    end: () => java.stdin.end()
  }
}
