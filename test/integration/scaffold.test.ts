import {execFile} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {preferredTool} from '../../build/tofu/tools'
import {mirrorArguments} from '../../build/wiring/mirror'
import {terraformEnvironment} from '../../build/tofu/environment'

const repository = join(import.meta.dirname, '../..')
const copied = ['build', 'docs', 'findings', 'local', 'ops', 'packages', 'shared', 'src', 'terraform', 'test', 'CONTRIBUTING.md', 'package.json', 'package-lock.json', 'tsconfig.json', 'eslint.config.js', 'jest.config.js', 'stryker.config.js']
const written = ['src/lambdas/ShowThumbnail', 'src/lambdas/MakeThumbnail', 'src/lambdas/ForgetFile', 'src/util/eventbridge-helpers.ts']
const isLeftover = (path: string): boolean => /\/(?:\.terraform|node_modules|terraform\.tfstate)/.test(path)

/** A machine without it has no HCL part in its gate either. */
const hasTerraform = (): boolean => {
  try {
    return preferredTool().program !== ''
  } catch {
    return false
  }
}

/** In a copy of the tree, as a user would type it. */
describe('new:event and new:lambda', () => {
  let root = ''
  const run = async (program: string, ...parameters: string[]): Promise<string> =>
    (await promisify(execFile)(program, parameters, {cwd: root, maxBuffer: 64 * 1024 * 1024})).stdout
  const script = (name: string, ...parameters: string[]): Promise<string> => run(process.execPath, '--import', 'tsx', `build/${name}.ts`, ...parameters)
  const git = (...parameters: string[]): Promise<string> => run('git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters)
  const changes = async (): Promise<string[]> => (await git('status', '--porcelain', '--untracked-files=all')).trimEnd().split('\n')

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'scaffold-'))
    for (const path of copied) {
      cpSync(join(repository, path), join(root, path), {recursive: true, filter: (file) => !isLeftover(file.slice(repository.length))})
    }
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
    writeFileSync(join(root, '.gitignore'), 'node_modules\n')
    await git('init', '-q', '-b', 'main')
    await git('add', '.')
    await git('commit', '-qm', 'before')
  })
  afterAll(() => rmSync(root, {recursive: true, force: true}))

  it('make an event: contract, example, publish helper and what is generated', async () => {
    await script('new-event', 'FileThumbnailMade', '--source', 'thumbnail', '--says', 'A thumbnail is in S3.')
    expect(await changes()).toEqual([
      ' M docs/events.md', ' M src/types/eventbridge.ts', ' M src/types/eventbridge.validators.d.ts', ' M src/types/eventbridge.validators.js',
      ' M src/util/eventbridge-helpers.ts', '?? src/types/events/FileThumbnailMade/examples/first.json', '?? src/types/events/FileThumbnailMade/schema.json'
    ])
    expect(readFileSync(join(root, 'src/util/eventbridge-helpers.ts'), 'utf8')).toContain([
      '/** A thumbnail is in S3. Throws as publishEvents does. */',
      'export const publishFileThumbnailMade = (detail: Publishable<\'FileThumbnailMade\'>): Promise<void> =>',
      '  publishEvents([{detailType: \'FileThumbnailMade\', detail}])\n'
    ].join('\n'))
    await git('add', '.')
    await git('commit', '-qm', 'event')
  })

  it('make its first consumer, and a further one of another event, without touching what is there', async () => {
    await script('new-lambda', 'ShowThumbnail', '--on', 'FileThumbnailMade')
    await script('new-lambda', 'MakeThumbnail', '--on', 'FileDownloadCompleted')
    await script('new-lambda', 'ForgetFile')
    expect(await changes()).toEqual([
      '?? src/lambdas/ForgetFile/src/index.ts', '?? src/lambdas/ForgetFile/test/index.test.ts',
      '?? src/lambdas/MakeThumbnail/src/index.ts', '?? src/lambdas/MakeThumbnail/test/index.test.ts',
      '?? src/lambdas/ShowThumbnail/src/index.ts', '?? src/lambdas/ShowThumbnail/test/index.test.ts',
      '?? terraform/event_FileDownloadCompleted_MakeThumbnail.tf', '?? terraform/event_FileThumbnailMade.tf',
      '?? terraform/lambda_ForgetFile.tf', '?? terraform/lambda_MakeThumbnail.tf', '?? terraform/lambda_ShowThumbnail.tf'
    ])
  })

  it('write code that lint has nothing against', async () => {
    await expect(run('node_modules/.bin/eslint', ...written, '--max-warnings', '0')).resolves.toBe('')
  })

  it('write code that compiles', async () => {
    writeFileSync(join(root, 'tsconfig.scaffold.json'), JSON.stringify({extends: './tsconfig.json', include: written}))
    await expect(run('node_modules/.bin/tsc', '--noEmit', '-p', 'tsconfig.scaffold.json')).resolves.toBe('')
  })

  it('write code whose tests pass, with those of every contract', async () => {
    const report = join(root, 'report.json')
    await run(process.execPath, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--silent', '--json',
      `--outputFile=${report}`, 'src/lambdas/(Show|Make)Thumbnail', 'src/lambdas/ForgetFile', 'test/contracts/(examples|generated|publishers)', 'test/architecture/(style|rooms)')
    const {success, numPassedTestSuites} = JSON.parse(readFileSync(report, 'utf8')) as {success: boolean, numPassedTestSuites: number}
    expect({success, numPassedTestSuites}).toEqual({success: true, numPassedTestSuites: 8})
  })

  it('make a change of contracts that is safe', async () => {
    expect(await script('contracts-check', '--base', 'HEAD~1')).toMatch(/safe +FileThumbnailMade +\/ +new event of mediadownloader\.thumbnail\n1 change, 0 breaking\./)
  })

  it('write HCL that is formatted and valid', async () => {
    if (!hasTerraform()) {
      expect(readFileSync(join(root, 'terraform/event_FileThumbnailMade.tf'), 'utf8')).toContain('module.EventContracts.events["FileThumbnailMade"].pattern')
      return
    }
    const terraform = async (...parameters: string[]): Promise<string> =>
      (await promisify(execFile)(preferredTool().program, parameters, {cwd: join(root, 'terraform'), env: terraformEnvironment()})).stdout
    mkdirSync(join(root, 'mirror'))
    expect(await terraform('fmt', '-check', '-recursive')).toBe('')
    await terraform('init', '-no-color', '-backend=false', ...mirrorArguments(join(root, 'mirror')))
    expect(await terraform('validate', '-no-color')).toContain('Success!')
  })

  it('refuse what is there, and write nothing then', async () => {
    const before = await changes()
    await expect(script('new-event', 'FileRequested', '--source', 'request')).rejects.toThrow('Expected a new event; FileRequested is one already.')
    await expect(script('new-event', 'FileLost', '--source', 'aws.files')).rejects.toThrow('Expected --source to be a domain such as download')
    await expect(script('new-lambda', 'MakeThumbnail', '--on', 'FileDownloadCompleted')).rejects.toThrow('terraform has a module MakeThumbnail already')
    await expect(script('new-lambda', 'MakePoster', '--on', 'FileLost')).rejects.toThrow('Expected --on to name an event')
    await expect(script('new-lambda', 'make-poster')).rejects.toThrow('Expected the name of the function in PascalCase')
    expect(await changes()).toEqual(before)
  })
})
