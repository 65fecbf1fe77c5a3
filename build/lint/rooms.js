/**
 * The table of rooms in CONTRIBUTING.md, as a lint rule. The first entry that a path fits is its room. `own` is the importing room
 * itself, `packages` any npm package or Node module, `types` packages for their types alone and those Node modules that reach
 * nothing outside the process; `X/*` is what lies in X itself, not in its folders.
 */
import {posix} from 'node:path'

const lib = ['src/lib', 'src/types']
/** What every room of util may use: the files at its top, of which `eventbridge-helpers` is the front of `events`. */
const top = ['own', ...lib, 'src/util/*', 'types']
const arrow = 'An arrow only goes down: lambdas, transfer, hosts, files, sources, media, events, the top of util, lib, types.'

/** What every room of local may use; their tests may use all of local. */
const local = ['own', 'shared', 'local/runtime/core', 'packages']
const localArrow = 'An arrow only goes down: cli, runtime.ts, console, replay, engines, lab, services, clock, core, shared. The embedded AWS does not know src.'
const roomOfLocal = (...may) => ({may: [...local, ...may], tests: ['local'], why: localArrow})

export const rooms = {
  'src/types': {may: [], why: 'src/types imports nothing: everybody reads it.'},
  'src/lib/vendor': {may: ['own', 'src/types', 'packages'], why: 'A door knows the packages it opens and src/types only.'},
  'src/lib/http': {may: ['own', 'src/types', 'src/lib/vendor', 'src/util/env', 'src/util/errors', 'packages'], why: 'The HTTP reader knows doors, types, util/env and util/errors only.'},
  'src/lib/yt-dlp': {may: ['own', 'src/types', 'src/lib/vendor', 'src/lib/http', 'src/util/env', 'src/util/errors', 'packages'], why: 'The yt-dlp driver knows doors, the HTTP reader, types, util/env and util/errors only.'},
  'src/util/events': {may: top, why: arrow},
  'src/util/media': {may: top, why: arrow},
  'src/util/sources': {may: [...top, 'src/util/media'], why: arrow},
  'src/util/files': {may: [...top, 'src/util/media'], why: arrow},
  'src/util/hosts': {may: [...top, 'src/util/media', 'src/util/sources', 'src/util/files'], why: arrow},
  'src/util/transfer': {may: [...top, 'src/util/media', 'src/util/sources', 'src/util/files'], why: arrow},
  'src/util/eventbridge-helpers.ts': {may: [...top, 'src/util/events'], why: arrow},
  'src/util': {may: ['src/util/*', 'src/lib/vendor', 'src/types', 'types'], why: arrow},
  'src/lambdas/*': {may: ['own', ...lib, 'src/util', 'types'], why: 'A Lambda is a leaf; the outside world is behind src/lib.'},
  'local/runtime/core': roomOfLocal(),
  'local/runtime/clock': roomOfLocal(),
  'local/services/states': roomOfLocal('local/services/events'),
  'local/services/scheduler': roomOfLocal('local/services/events'),
  'local/services/*': roomOfLocal(),
  'local/lab/*': roomOfLocal('local/services', 'local/lab/faults'),
  'local/runtime/engines': roomOfLocal('local/services', 'local/runtime/clock', 'local/lab'),
  'local/replay': roomOfLocal('local/services'),
  'local/console/site': roomOfLocal(),
  'local/console/api': roomOfLocal('local/services', 'local/replay'),
  'local/console/app': roomOfLocal('local/console/api', 'local/cli'),
  'local/runtime/runtime.ts': roomOfLocal('local/services', 'local/runtime', 'local/lab', 'local/console/api', 'local/console/site'),
  'local/cli': roomOfLocal('local/runtime', 'local/lab/faults', 'local/services/lambda'),
  build: {may: ['own', 'shared', 'packages'], why: 'Build programs read files, and know shared.'},
  ops: {may: ['own', 'shared', 'local/replay', 'local/runtime', 'packages'], why: 'Operators\' programs ask AWS and know shared and the replay engine.'},
  shared: {may: ['own', 'packages'], why: 'shared is what several rooms need; it imports nothing of ours.'},
  'packages/*': {may: ['own', 'packages'], why: 'A package is for strangers too: it has everything it needs.'},
  test: {may: ['anything'], why: ''}
}

/** A test belongs to its room, and may in addition use the test helpers and any package. */
const testMay = ['test/helpers', 'packages']

/** Node's modules that reach outside the process: only doors open them. */
const outside = /^node:(child_process|cluster|dgram|dns|fs|http|http2|https|inspector|net|os|process|sqlite|tls|worker_threads)(\/|$)/
/** `isIP` tells what a text is; it opens no connection. */
const harmless = {'node:net': ['isIP', 'isIPv4', 'isIPv6']}

const patternOf = (room) => new RegExp(`^(${room.replace('*', '[^/]+')})(/|$)`)

/** Room of a path from the root: its entry of the table and its own folder. Undefined at the root itself. */
const roomOf = (path) => {
  const [name, entry] = Object.entries(rooms).find(([room]) => patternOf(room).test(path)) ?? []
  return name && {...entry, folder: patternOf(name).exec(path)[1]}
}

const isTest = (path) => /(^|\/)test\//.test(path)
const isWithin = (path, folder) => path === folder || path.startsWith(`${folder}/`)

const fits = (target, entry) => entry.endsWith('/*') ? posix.dirname(target) === entry.slice(0, -2) : isWithin(target, entry)

const allowsFile = (may, folder, target) => may.some((entry) => fits(target, entry === 'own' ? folder : entry))

const allowsPackage = (may, specifier, isType, names) =>
  may.includes('packages') || (may.includes('types') && (
    isType
    || (specifier.startsWith('node:') && !outside.test(specifier))
    || (names.length > 0 && names.every((name) => harmless[specifier]?.includes(name)))
  ))

/** Why a file (path from the root) may not import `specifier`, or undefined if it may. */
export const refusal = (path, specifier, {isType = false, names = []} = {}) => {
  const room = roomOf(path)
  if (room === undefined || room.may.includes('anything')) {
    return undefined
  }
  const may = isTest(path) ? [...room.may, ...room.tests ?? [], ...testMay] : room.may
  const allowed = specifier.startsWith('.')
    ? allowsFile(may, room.folder, posix.join(posix.dirname(path), specifier))
    : allowsPackage(may, specifier, isType, names)
  return allowed ? undefined : `${room.why} '${specifier}' is not for ${room.folder}.`
}

const isTypeImport = (node) => node.importKind === 'type' || node.exportKind === 'type'
const importedNames = (node) => (node.specifiers ?? []).map(({imported}) => imported?.name ?? '*')

/** Compares each import with the table, dynamic imports and re-exports too. */
export default {
  meta: {type: 'problem', schema: []},
  create(context) {
    const path = posix.relative(context.cwd, posix.resolve(context.cwd, context.filename))
    const check = (node, source, details) => {
      const message = typeof source?.value === 'string' ? refusal(path, source.value, details) : undefined
      if (message !== undefined) {
        context.report({node, message})
      }
    }
    const checkDeclaration = (node) => check(node, node.source, {isType: isTypeImport(node), names: importedNames(node)})
    return {
      ImportDeclaration: checkDeclaration,
      ExportAllDeclaration: checkDeclaration,
      ExportNamedDeclaration: checkDeclaration,
      ImportExpression: (node) => check(node, node.source, {}),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, {isType: true})
    }
  }
}
