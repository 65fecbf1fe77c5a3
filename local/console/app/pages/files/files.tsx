import {useEffect, useState} from 'preact/hooks'
import {Inbox, SearchX} from 'lucide'
import {useLive} from '../../core/live'
import {route} from '../../core/route'
import {user} from '../../core/settings'
import {Button} from '../../ui/button'
import {Empty, Notice, Skeleton} from '../../ui/feedback'
import {Chips} from '../../ui/fields'
import {type FilePage, listFiles} from './calls'
import {Card} from './card'
import {Composer} from './composer'
import {Devices} from './devices'
import {type File, type Group, fileGroup} from './model'
import {Player} from './player'
import {usePaces} from './paces'
import {UserSwitch} from './users'

const pollMilliseconds = 1000

/** As many pages as were asked for, from the newest on. */
const load = async (pages: number): Promise<FilePage> => {
  const first = await listFiles()
  let [files, nextToken] = [first.files, first.nextToken]
  for (let page = 1; page < pages && nextToken !== null; page++) {
    const more = await listFiles(nextToken)
    files = [...files, ...more.files]
    nextToken = more.nextToken
  }
  return {files, nextToken}
}

/** Only the record shows progress: while bytes come in, it is read every second. */
const usePolling = (isGoing: boolean, reload: () => void): void => useEffect(() => {
  const timer = isGoing ? setInterval(reload, pollMilliseconds) : undefined
  return () => clearInterval(timer)
}, [isGoing])

const filters = (files: readonly File[]): Array<readonly [Group, string, number]> => {
  const count = (group: Group): number => files.filter((file) => fileGroup(file) === group).length
  return [['all', 'All', files.length], ['going', 'In progress', count('going')], ['done', 'Downloaded', count('done')], ['failed', 'Failed', count('failed')]]
}

const Nothing = ({hasFiles}: {hasFiles: boolean}) => hasFiles
  ? <Empty icon={SearchX} title="No file here">Choose another filter to see the rest.</Empty>
  : <Empty icon={Inbox} title="No files yet">Paste a link above. The file is fetched into the bucket on this machine, and every step can be watched on the other pages.</Empty>

const Cards = ({page, onMore}: {page: FilePage, onMore: () => void}) => {
  const [group, setGroup] = useState<Group>('all')
  const [playing, setPlaying] = useState<string | undefined>(route.value.query.get('play') ?? undefined)
  const shown = page.files.filter((file) => group === 'all' || fileGroup(file) === group)
  const pointed = route.value.query.get('file')
  const played = page.files.find(({fileId}) => fileId === playing)
  return (
    <>
      {page.files.length > 0 && <Chips label="Which files" value={group} options={filters(page.files)} onChange={setGroup} />}
      {shown.length === 0
        ? <div class="card"><Nothing hasFiles={page.files.length > 0} /></div>
        : (
            <ul class="cards">
              {shown.map((file) => (
                <Card key={file.fileId} file={file} isPointed={file.fileId === pointed} onPlay={() => setPlaying(file.fileId)} />
              ))}
            </ul>
          )}
      {page.nextToken !== null && <div><Button onClick={onMore}>Older files</Button></div>}
      {played !== undefined && fileGroup(played) === 'done' && <Player file={played} onClose={() => setPlaying(undefined)} />}
    </>
  )
}

/** What was asked for, by whom, and how far it is. */
export const Files = () => {
  const [pages, setPages] = useState(1)
  const {data, error, reload} = useLive(() => load(pages), ({type}) => ['event', 'state', 'execution', 'object'].includes(type), [user.value])
  const paced = usePaces(data?.files)
  useEffect(reload, [pages])
  usePolling(data?.files.some((file) => fileGroup(file) === 'going') ?? false, reload)
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Files</h1>
          <p>What {user.value} asked for, and how far it is.</p>
        </div>
        <UserSwitch />
      </div>
      <div class="files-layout">
        <div class="stack files-main">
          <Composer onAsked={reload} />
          {error !== undefined && <Notice kind="bad">The files could not be loaded: {error}</Notice>}
          {data === undefined ? error === undefined && <div class="card"><Skeleton /></div> : <Cards page={{...data, files: paced}} onMore={() => setPages(pages + 1)} />}
        </div>
        <Devices />
      </div>
    </div>
  )
}
