#!/usr/bin/env bash
# A parser of HLS playlists knows `EXT-X-DEFINE` (version 8), so one would guess that the addresses it answers have their variables
# filled in; RFC 8216bis, 4.3, says that each `{$name}` is replaced.
# hls-parser 0.16.1 lists the definitions and leaves `{$name}` in every address, without a warning; m3u8-parser 7.2.0 fills it in.
# Seen on 2026-11-30 with Node 22.
# Why it matters: a downloader then asks for `/{$folder}/1.ts`, and the source's 404 looks like a broken source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund hls-parser@0.16.1 m3u8-parser@7.2.0

cat > parse.mjs <<'JS'
import hls from 'hls-parser'
import {Parser} from 'm3u8-parser'

const playlist = [
  '#EXTM3U', '#EXT-X-VERSION:8', '#EXT-X-DEFINE:NAME="folder",VALUE="films"', '#EXT-X-TARGETDURATION:4',
  '#EXTINF:4,', '{$folder}/1.ts', '#EXT-X-ENDLIST', ''
].join('\n')
const parser = new Parser()
parser.push(playlist)
parser.end()
const parsed = hls.parse(playlist)
console.log('hls-parser', parsed.segments[0].uri, JSON.stringify(parsed.defines))
console.log('m3u8-parser', parser.manifest.segments[0].uri)
JS
node parse.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'As it was seen on 2026-11-30.'
hls-parser {$folder}/1.ts [{"NAME":"folder","VALUE":"films"}]
m3u8-parser films/1.ts
SEEN
