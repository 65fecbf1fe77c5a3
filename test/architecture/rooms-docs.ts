import {readFileSync, writeFileSync} from 'node:fs'
import {programsOnly, readGraph, roomGraph} from './room-graph'
import {picturePage} from './room-picture'

const path = 'docs/rooms.md'
const text = picturePage(roomGraph(programsOnly(readGraph())))
const isFresh = readFileSync(path, {encoding: 'utf8', flag: 'a+'}) === text
if (!isFresh) {
  writeFileSync(path, text)
}
console.log(isFresh ? `${path} is fresh.` : `wrote ${path}`)
