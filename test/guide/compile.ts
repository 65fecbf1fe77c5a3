import {dirname, resolve} from 'node:path'
import ts from 'typescript'

const options = (): ts.CompilerOptions => {
  const {config} = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {config: object}
  return ts.parseJsonConfigFileContent(config, ts.sys, resolve('.')).options
}

/** What TypeScript says of sources by their paths, with this project's settings, as if they lay there. */
export const compile = (sources: ReadonlyMap<string, string>): string[] => {
  const settings = {...options(), incremental: false, noEmit: true}
  const host = ts.createCompilerHost(settings)
  const own = new Map([...sources].map(([path, text]) => [resolve(path), text]))
  const {readFile, fileExists, directoryExists} = host
  host.readFile = (path) => own.get(path) ?? readFile(path)
  host.fileExists = (path) => own.has(path) || fileExists(path)
  host.directoryExists = (path) => [...own.keys()].some((each) => dirname(each).startsWith(path)) || directoryExists!(path)
  const program = ts.createProgram([...own.keys()], settings, host)
  return [...own.keys()].flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(({code, messageText}) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}
