import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {digestInputs} from './wiring/digest'
import {startFront} from './wiring/front'
import {mirrorArguments} from './wiring/mirror'
import {judgeSecondPlan, switchModes, type Terraform} from './wiring/modes'
import {startMoto} from './wiring/moto'
import {emulatorEnvironment, providerOverride} from './wiring/provider'
import {pruneState} from './wiring/prune'
import {findTerraform, run, terraformEnvironment} from './wiring/terraform'
import {makeWorkspace, root} from './wiring/workspace'

const wiringFile = join(root, 'local', 'wiring.json')
const started = Date.now()
const say = (line: string): void => console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`)

interface Applied {
  readonly text: string
  readonly problems: readonly string[]
}

/** Runs one command after the other; the first that fails ends the run with its whole output. */
const terraformIn = (cwd: string, env: NodeJS.ProcessEnv): Terraform => {
  const program = findTerraform()
  return async (...args) => {
    let complete = 0
    const onLine = (line: string): void => {
      complete += /: (Creation|Destruction) complete after/.test(line) ? 1 : 0
      if (complete > 0 && complete % 25 === 0 && /complete after/.test(line)) {
        say(`${args[0]}: ${complete} resources`)
      }
    }
    const {code, output} = await run(program, args, {cwd, env, onLine})
    if (code !== 0) {
      throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}:\n${output}`)
    }
    return output
  }
}

const check = (): number => {
  const recorded = existsSync(wiringFile) ? (JSON.parse(readFileSync(wiringFile, 'utf8')) as {inputs?: {digest?: string}}).inputs?.digest : undefined
  const fresh = recorded === digestInputs(root)
  console.log(fresh ? 'local/wiring.json is fresh.' : 'local/wiring.json is stale: the HCL, the workflow or a contract changed. Run npm run wiring and commit it.')
  return fresh ? 0 : 1
}

interface Run {
  readonly mirror: readonly string[]
  readonly variables: readonly string[]
  readonly digest: string
  /** Whether the stack is switched through every mode before it is destroyed. */
  readonly modes: boolean
}

/** Applies, plans once more, reads the state and destroys. Returns the text of the wiring and what was not as it should be. */
const applyOnce = async (terraform: Terraform, {mirror, variables, digest, modes}: Run): Promise<Applied> => {
  say('init')
  await terraform('init', '-no-color', '-backend=false', ...mirror)
  say('apply (about two minutes: the provider polls)')
  await terraform('apply', '-no-color', '-auto-approve', ...variables)
  say('second plan')
  const problems = await judgeSecondPlan(terraform, variables)
  const text = pruneState(JSON.parse(await terraform('show', '-json')), digest)
  if (modes) {
    problems.push(...await switchModes(terraform, variables, say))
  }
  say('destroy')
  await terraform('destroy', '-no-color', '-auto-approve', ...variables)
  return {text, problems}
}

const apply = async ({variables, modes}: Pick<Run, 'variables' | 'modes'>, output: string | undefined): Promise<number> => {
  // Of the files as they are now: whoever edits them during the apply gets a stale wiring, not a wrong one.
  const digest = digestInputs(root)
  const workspace = makeWorkspace()
  say('starting moto')
  const moto = await startMoto()
  const front = await startFront(moto.port)
  try {
    writeFileSync(join(workspace.terraform, 'emulator_override.tf'), providerOverride)
    const mirror = mirrorArguments(mkdtempSync(join(workspace.folder, 'mirror-')))
    const terraform = terraformIn(workspace.terraform, terraformEnvironment(emulatorEnvironment(front.url)))
    const {text, problems} = await applyOnce(terraform, {mirror, variables: variables.flatMap((variable) => ['-var', variable]), digest, modes})
    problems.forEach((problem) => console.error(problem))
    if (problems.length === 0 && output !== undefined) {
      writeFileSync(output, text)
      say(`wrote ${output}`)
    }
    return problems.length === 0 ? 0 : 1
  } finally {
    front.stop()
    moto.stop()
    workspace.remove()
  }
}

const usage = `npm run wiring -- [--check] [--modes] [--var NAME=VALUE]… [--out FILE]
  --check  only compare the digest that local/wiring.json records with its inputs
  --modes  switch the applied stack through every value of orchestration, and back, before it is destroyed
  --var    apply with another value of a variable; then nothing is written unless --out names a file`

const {values} = parseArgs({options: {check: {type: 'boolean'}, modes: {type: 'boolean', default: false}, var: {type: 'string', multiple: true}, out: {type: 'string'}, help: {type: 'boolean'}}})
if (values.help === true) {
  console.log(usage)
} else if (values.check === true) {
  process.exitCode = check()
} else {
  const variables = values.var ?? []
  const output = values.out ?? (variables.length === 0 ? wiringFile : undefined)
  process.exitCode = await apply({variables, modes: values.modes}, output).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  })
}
