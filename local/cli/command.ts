import {command} from '../../shared/cli/command'
import {explain} from './explain'
import {options, readOptions} from './options'
import {run} from './run'

export const start = command({
  name: 'npm start --', summary: 'Runs MediaDownloader on this machine until Ctrl-C, or until each URL is here.', words: '[url...]',
  notes: `With URLs it requests each, shows its progress, and exits with 0 once all are there, with 1 if any failed. --json prints one JSON object
a line; "npm start --silent -- --json" prints nothing else.

Environment: YT_DLP_PATH is the yt-dlp that reads pages and playlists (default: the first on the PATH; the start says which it is).`,
  options, explain,
  run: async (given) => ({value: undefined, text: '', code: await run(readOptions(given))})
})
