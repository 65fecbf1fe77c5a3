import {globSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {parse} from 'yaml'
import {read} from './sources'

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly 'timeout-minutes'?: number
  readonly uses?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps?: ReadonlyArray<{readonly uses?: string, readonly run?: string}>
}

const paths = globSync('.github/workflows/*.yml').sort()
const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>}
const workflow = (path: string): Workflow => parse(read(path)) as Workflow
const stepsOf = (path: string) => Object.values(workflow(path).jobs).flatMap(({steps = []}) => steps)

describe.each(paths)('%s', (path) => {
  it('pins each action of others by digest, with its version beside it', () => {
    const uses = [...read(path).matchAll(/uses: (.+)$/gm)].map(([, action]) => action!).filter((action) => !action.startsWith('./'))
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  it('has no leave but what its jobs need, and none that runs for ever', () => {
    const {permissions, jobs} = workflow(path)
    expect(Object.keys(permissions).filter((name) => !['contents', 'id-token'].includes(name))).toEqual([])
    expect(permissions['contents']).toBe('read')
    expect(Object.values(jobs).filter((job) => job.uses === undefined && job['timeout-minutes'] === undefined)).toEqual([])
  })

  it('runs only scripts of package.json, and takes no text of others into a shell', () => {
    const runs = stepsOf(path).map(({run = ''}) => run)
    expect(runs.flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!)).filter((name) => !(name in scripts))).toEqual([])
    expect(runs.filter((run) => run.includes('${{'))).toEqual([])
  })
})

describe('What may be written', () => {
  const written = paths.flatMap((path) => {
    const {permissions, jobs} = workflow(path)
    const all = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})]
    return all.flatMap((each) => Object.entries(each)).filter(([, leave]) => leave !== 'read').map(([name, leave]) => `${path.split('/').at(-1)} ${name}: ${leave}`)
  })

  it('is a branch and its pull request by the weekly bump, a token for AWS by deployment, and nothing else', () => {
    expect([...new Set(written)].sort()).toEqual([
      'deploy-stack.yml id-token: write', 'deploy.yml id-token: write', 'yt-dlp.yml contents: write', 'yt-dlp.yml pull-requests: write'
    ])
  })
})

describe('The triggers', () => {
  it('are those of the gate, of deployment and of the weekly bump, and never pull_request_target', () => {
    expect(Object.fromEntries(paths.map((path) => [path.split('/').at(-1), Object.keys(workflow(path).on).sort()]))).toEqual({
      'check.yml': ['pull_request', 'push'],
      'deploy-stack.yml': ['workflow_call'],
      'deploy.yml': ['push', 'workflow_dispatch'],
      'yt-dlp.yml': ['schedule', 'workflow_dispatch']
    })
  })
})

describe('The same action', () => {
  it('has the same digest everywhere', () => {
    const pins = new Set(paths.flatMap((path) => stepsOf(path)).flatMap(({uses}) => uses === undefined ? [] : [uses]))
    const names = [...pins].map((pin) => pin.split('@')[0])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

describe('Deployment', () => {
  it('has variables and backend of each environment that deploys', () => {
    const {jobs} = parse(read('.github/workflows/deploy.yml')) as {jobs: Record<string, {with: {environment: string}}>}
    const environments = Object.values(jobs).map((job) => job.with.environment)
    expect(environments.map((name) => [`${name}.tfvars`, `${name}.tfbackend`].map((file) => globSync(`terraform/environments/${file}`).length))).toEqual([[1, 1], [1, 1]])
    for (const name of environments) {
      expect(read(`terraform/environments/${name}.tfbackend`)).toMatch(new RegExp(`key +"?= "${name}\\.tfstate"[\\s\\S]*use_lockfile = true`))
    }
  })

  it('sets only variables that there are', () => {
    const declared = [...globSync('terraform/*.tf').map(read).join('\n').matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name!)
    const set = globSync('terraform/environments/*.tfvars').flatMap((path) => [...read(path).matchAll(/^(\w+) *=/gm)].map(([, name]) => name!))
    expect(set.filter((name) => !declared.includes(name))).toEqual([])
  })

  const names = (local: string): string[] => {
    const listed = new RegExp(`${local} += (?:concat\\(local\\.function_names, )?\\[([^\\]]*)\\]`).exec(read('terraform/bootstrap/deploy_names.tf'))?.[1] ?? ''
    return [...listed.matchAll(/"(\w+)"/g)].map(([, name]) => name!).sort()
  }
  const declaredRules = globSync('terraform/*.tf').flatMap((path) => [...read(path).matchAll(/source += "\.\/modules\/event-rule"[\s\S]*?\n}/g)].map(([text]) => text))
  const ruleName = (text: string): string => /name += "(\w+)\$\{var\.suffix\}"/.exec(text)?.[1] ?? ''

  it('lets its role shape every function and role that the stack makes with any option, and no other', () => {
    const functions = globSync('terraform/lambda_*.tf').map((path) => path.replace(/^.*lambda_|\.tf$/g, '')).sort()
    const withRole = declaredRules.filter((text) => /^ +(?:state_machine|event_bus) +=/m.test(text)).map(ruleName)
    expect(names('function_names')).toEqual(functions)
    expect(names('role_names')).toEqual(['FileDownloadWorkflow', ...withRole].sort())
  })

  it('lets its role shape every schedule, which are on the default bus', () => {
    expect(names('schedule_names')).toEqual(declaredRules.filter((text) => text.includes('schedule_expression')).map(ruleName).sort())
  })
})
