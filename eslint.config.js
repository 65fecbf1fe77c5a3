import {createHash} from 'node:crypto'
import {globSync, readFileSync} from 'node:fs'
import stylistic from '@stylistic/eslint-plugin'
import tseslint from 'typescript-eslint'
import rooms from './build/lint/rooms.js'

const generated = ['src/types/eventbridge.ts', 'src/types/eventbridge.validators.*']
const tests = ['**/test/**']

/** ESLint's cache is valid for one version of a plugin: ours is as new as its files. */
const version = globSync(`${import.meta.dirname}/build/lint/*.js`).sort()
  .reduce((hash, path) => hash.update(readFileSync(path)), createHash('sha256')).digest('hex')

/** Formatting as in the migration guide. */
const formatting = {
  '@stylistic/object-curly-spacing': ['error', 'never'],
  '@stylistic/max-len': ['error', {code: 150, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreUrls: true, ignoreRegExpLiterals: true, ignoreComments: true}],
  '@stylistic/max-statements-per-line': ['error', {max: 2}],
  '@stylistic/quote-props': ['error', 'as-needed'],
  '@stylistic/operator-linebreak': ['error', 'before', {overrides: {'=': 'after'}}],
  '@stylistic/indent-binary-ops': 'off',
  '@stylistic/jsx-one-expression-per-line': 'off',
  '@stylistic/jsx-max-props-per-line': 'off',
  '@stylistic/jsx-first-prop-new-line': 'off',
  '@stylistic/jsx-closing-bracket-location': 'off'
}

const refusedSyntax = [
  {selector: 'ClassDeclaration:not([superClass.name=/Error$/])', message: 'Classes are for errors only.'},
  {selector: 'ClassExpression', message: 'Classes are for errors only.'},
  {selector: ':matches(ExportAllDeclaration, ExportNamedDeclaration)[source]', message: 'No barrels: import from where it is.'},
  {selector: ':matches(ImportDeclaration, ImportExpression)[source.value=/^\\..*(?<!\\.config)\\.[cm]?[jt]s$/]', message: 'Imports have no extension.'},
  {selector: 'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|only|todo)$/]', message: 'No test is left out.'}
]

const environment = [
  {selector: 'MemberExpression[object.name="process"][property.name="env"]', message: 'process.env is read in src/util/env alone.'},
  {selector: 'MemberExpression[object.name="process"][property.value="env"]', message: 'process.env is read in src/util/env alone.'},
  {selector: 'VariableDeclarator[init.name="process"] Property[key.name="env"]', message: 'process.env is read in src/util/env alone.'},
  {selector: 'MemberExpression[object.property.name="process"][property.name="env"]', message: 'process.env is read in src/util/env alone.'}
]

/** A test reads JSON whose shape it then asserts, and hands mocks to whatever takes them. */
const offInTests = Object.fromEntries([
  'no-misused-promises', 'no-unsafe-argument', 'no-unsafe-assignment', 'no-unsafe-call', 'no-unsafe-member-access', 'no-unsafe-return',
  'no-unsafe-type-assertion', 'unbound-method'
].map((rule) => [`@typescript-eslint/${rule}`, 'off']))

export default tseslint.config(
  {ignores: ['**/dist', '.local', 'coverage', '**/.terraform', ...generated]},
  ...tseslint.configs.recommendedTypeChecked,
  {languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}}},
  stylistic.configs.customize({indent: 2, quotes: 'single', semi: false, commaDangle: 'never', braceStyle: '1tbs', arrowParens: true}),
  {
    plugins: {house: {meta: {name: 'house', version}, rules: {rooms}}},
    linterOptions: {reportUnusedDisableDirectives: 'error'},
    rules: {
      ...formatting,
      'house/rooms': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', {disallowTypeAnnotations: false}],
      // What comes over the wire is unknown until it is read, and messages show it as it came.
      '@typescript-eslint/no-base-to-string': 'off',
      // A rejection is passed on as it came.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // `async` alone makes what throws a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/method-signature-style': ['error', 'property'],
      '@typescript-eslint/no-unsafe-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
      'max-lines': ['error', {max: 200}],
      'max-lines-per-function': ['error', {max: 50}],
      'no-restricted-exports': ['error', {restrictDefaultExports: {direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true}}],
      'no-restricted-syntax': ['error', ...refusedSyntax],
      'no-warning-comments': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error'
    }
  },
  {
    files: ['src/**'],
    ignores: ['src/util/env.ts', 'src/lib/vendor/AWS/Environment.ts', ...tests],
    rules: {'no-restricted-syntax': ['error', ...refusedSyntax, ...environment]}
  },
  // What is deployed is read most, side by side too.
  {files: ['src/**'], ignores: tests, rules: {'@stylistic/max-len': ['error', {code: 140, ignoreUrls: true, ignoreRegExpLiterals: true}]}},
  {
    files: ['src/util/**', 'src/lambdas/**'],
    ignores: tests,
    rules: {'no-restricted-globals': ['error', {name: 'fetch', message: 'Sources are fetched through src/lib/http/Http, which keeps them public.'}]}
  },
  {files: ['*.config.js', 'build/lint/*.js', 'build/mutation/jest/*.js', 'test/jest/*.js', '**/*.d.ts'], rules: {'no-restricted-exports': 'off', 'no-restricted-syntax': 'off'}},
  {files: tests, rules: {'max-lines': 'off', 'max-lines-per-function': 'off'}},
  {files: tests, rules: offInTests},
  {files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked}
)
