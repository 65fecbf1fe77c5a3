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
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly with?: Readonly<Record<string, string>>
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
    expect(runs.flatMap((run) => [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!)).filter((name) => !(name in scripts))).toEqual([])
    expect(runs.filter((run) => run.includes('${{'))).toEqual([])
  })
})

describe('What may be written', () => {
  const written = paths.flatMap((path) => {
    const {permissions, jobs} = workflow(path)
    const all = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})]
    return all.flatMap((each) => Object.entries(each)).filter(([, leave]) => leave !== 'read').map(([name, leave]) => `${path.split('/').at(-1)} ${name}: ${leave}`)
  })

  it('is a branch and its pull request by the weekly bump, a pull request, its labels and a tag by the release, a token for AWS by deployment, and nothing else', () => {
    expect([...new Set(written)].sort()).toEqual([
      'deploy-stack.yml id-token: write', 'deploy.yml id-token: write', 'release.yml contents: write', 'release.yml issues: write',
      'release.yml pull-requests: write', 'yt-dlp.yml contents: write', 'yt-dlp.yml pull-requests: write'
    ])
  })
})

describe('The triggers', () => {
  it('are those of the gate, of deployment, of releases and of the weekly bump, and never pull_request_target', () => {
    expect(Object.fromEntries(paths.map((path) => [path.split('/').at(-1), Object.keys(workflow(path).on).sort()]))).toEqual({
      'check.yml': ['pull_request', 'workflow_call'],
      'deploy-stack.yml': ['workflow_call'],
      'deploy.yml': ['push', 'workflow_dispatch'],
      'release.yml': ['push'],
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
  const deploying = Object.entries(workflow('.github/workflows/deploy.yml').jobs).filter(([, {uses}]) => uses === './.github/workflows/deploy-stack.yml')

  it('has the settings of each environment that deploys', () => {
    const environments = deploying.map(([, job]) => job.with!.environment!)
    expect(environments).toEqual(['dev', 'prod'])
    expect(environments.filter((name) => globSync(`terraform/environments/${name}.tfvars`).length !== 1)).toEqual([])
    expect(read('terraform/environments/backend.tf.s3')).toMatch(/use_lockfile = true/)
  })

  it('comes after the whole gate of the same run, and never from another branch', () => {
    const {jobs} = workflow('.github/workflows/deploy.yml')
    const before = (name: string): string[] => [jobs[name]!.needs ?? []].flat().flatMap((each) => [each, ...before(each)])
    const gates = Object.keys(jobs).filter((name) => jobs[name]!.uses === './.github/workflows/check.yml')
    expect(gates).toEqual(['check'])
    expect(deploying.map(([name]) => before(name).includes('check'))).toEqual([true, true])
    expect(jobs['dev']!.if).toMatch(/github\.ref == 'refs\/heads\/main'/)
    // always(), failure() and cancelled() let a job run although the gate is red.
    expect(Object.values(jobs).filter(({if: condition = ''}) => /always|failure|cancelled/.test(condition))).toEqual([])
  })

  it('brings to prod only what its reviewers saw', () => {
    const {jobs} = workflow('.github/workflows/deploy.yml')
    expect([jobs['prod']!.needs].flat()).toContain('reviewers')
    expect(jobs['reviewers']!.steps!.map(({run}) => run).join('\n')).toMatch(/environments\/prod[\s\S]*required_reviewers[\s\S]*exit 1/)
  })

  it('plans as people do: by the same program, with no setting of its own', () => {
    const text = read('.github/workflows/deploy-stack.yml')
    expect(text).toMatch(/npm run --silent ops -- stack apply "\$ENVIRONMENT" --yes/)
    expect(text).not.toMatch(/TF_VAR_|-var\b|-var-file|(tofu|terraform) (init|plan|apply)/)
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
