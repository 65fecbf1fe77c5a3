/** How esbuild makes an ES module for Node in memory: as deployed, for editing, or for a shadow. */
export const moduleForNode = {
  outExtension: {'.js': '.mjs'},
  bundle: true,
  write: false,
  metafile: true,
  format: 'esm',
  platform: 'node',
  // The oldest that nodejs_runtime takes: Node 24 runs all of it, and compiles nothing less.
  target: 'node22',
  legalComments: 'none',
  logLevel: 'silent'
} as const
