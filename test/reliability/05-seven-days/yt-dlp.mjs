#!/usr/bin/env node
/** Stands for yt-dlp: the site in the test says what the real one would print, since that knows the virtual time. */
const target = process.argv.at(-1)
const {origin, pathname} = new URL(target)
const answer = await (await fetch(`${origin}/yt-dlp${pathname}`)).json()
process.stdout.write(answer.stdout)
process.stderr.write(answer.stderr)
process.exitCode = answer.exitCode
