#!/usr/bin/env bash
# `EXT-X-GAP` (RFC 8216bis, 4.4.4.7) says that a segment is missing and must not be fetched, so one would guess that a parser marks it.
# m3u8-parser 7.2.0 drops the tag without a warning: the segment looks like any other; hls-parser 0.16.1 marks it `gap: true`.
# Seen on 2026-11-30 with Node 22.
# Why it matters: a downloader asks for a piece that is known to be missing, is answered 404, and gives up the whole recording.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund m3u8-parser@7.2.0 hls-parser@0.16.1

cat > parse.mjs <<'JS'
import hls from 'hls-parser'
import {Parser} from 'm3u8-parser'

const playlist = [
  '#EXTM3U', '#EXT-X-VERSION:8', '#EXT-X-TARGETDURATION:4', '#EXT-X-GAP', '#EXTINF:4,', '1.ts', '#EXTINF:4,', '2.ts', '#EXT-X-ENDLIST', ''
].join('\n')
const warnings = []
const parser = new Parser()
parser.on('warn', ({message}) => warnings.push(message))
parser.push(playlist)
parser.end()
console.log('m3u8-parser', JSON.stringify(parser.manifest.segments), `warnings: ${warnings.length}`)
console.log('hls-parser', JSON.stringify(hls.parse(playlist).segments.map(({uri, gap}) => ({uri, gap}))))
JS
node parse.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'As it was seen on 2026-11-30.'
m3u8-parser [{"duration":4,"uri":"1.ts","timeline":0},{"duration":4,"uri":"2.ts","timeline":0}] warnings: 0
hls-parser [{"uri":"1.ts","gap":true},{"uri":"2.ts"}]
SEEN
