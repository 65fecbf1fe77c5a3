import stylistic from '@stylistic/eslint-plugin'
import tseslint from 'typescript-eslint'

/** One row of the room table in docs: what a room may not import, and why. */
const room = (files, patterns, more = {}) => ({files, rules: {'no-restricted-imports': ['error', {patterns}], ...more}})
const noAwsSdk = {group: ['@aws-sdk/*', '@smithy/*', '@aws-lambda-powertools/*'], allowTypeImports: true, message: 'Only src/lib/vendor opens doors to npm runtime packages.'}

export default tseslint.config(
  {ignores: ['dist', '.local', 'coverage', 'node_modules', 'src/types/eventbridge.ts', 'src/types/eventbridge.validators.*']},
  ...tseslint.configs.recommended,
  stylistic.configs.customize({indent: 2, quotes: 'single', semi: false, commaDangle: 'never', braceStyle: '1tbs', arrowParens: true}),
  {
    rules: {
      '@stylistic/object-curly-spacing': ['error', 'never'],
      '@stylistic/max-len': ['error', {code: 150, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreUrls: true, ignoreRegExpLiterals: true, ignoreComments: true}],
      '@stylistic/max-statements-per-line': ['error', {max: 2}],
      '@stylistic/quote-props': ['error', 'as-needed'],
      '@stylistic/operator-linebreak': ['error', 'before', {overrides: {'=': 'after'}}],
      '@stylistic/indent-binary-ops': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', {disallowTypeAnnotations: false}],
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
      'max-lines': ['error', {max: 200}],
      'max-lines-per-function': ['error', {max: 50}],
      'no-restricted-exports': ['error', {restrictDefaultExports: {direct: true}}],
      'prefer-const': 'error',
      eqeqeq: 'error'
    }
  },
  {files: ['**/*.config.js'], rules: {'no-restricted-exports': 'off'}},
  {files: ['**/*.test.ts', 'test/**/*.ts'], rules: {'max-lines': 'off', 'max-lines-per-function': 'off'}},
  room(['src/types/**'], [{group: ['*'], message: 'src/types imports nothing.'}]),
  room(['src/lib/vendor/**'], [{group: ['**/lambdas/**', '**/util/*', '!**/util/env', '!**/util/errors'], message: 'A door knows types, util/env and util/errors only.'}]),
  room(['src/util/**'], [noAwsSdk, {group: ['**/lambdas/**'], message: 'util serves Lambdas, not the other way round.'}]),
  room(['src/lambdas/*/src/**'], [noAwsSdk, {group: ['../../../*/src/*', '**/lambdas/**'], message: 'A Lambda is a leaf.'}],
    {'no-restricted-properties': ['error', {object: 'process', property: 'env', message: 'Read it through util/env.'}]}),
  room(['local/**'], [{group: ['**/src/**'], message: 'The embedded AWS knows the wiring and the bundles, not src.'}]),
  room(['build/**'], [{group: ['**/src/**', '**/local/**'], message: 'Build programs read files, not our modules.'}])
)
