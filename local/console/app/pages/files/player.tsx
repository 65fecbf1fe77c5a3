import {Download, Link2} from 'lucide'
import {bytes} from '../../../../../shared/bytes'
import {Button, LinkButton} from '../../ui/button'
import {Dialog} from '../../ui/dialog'
import {copy} from '../../ui/toast'
import {type File, displayTitle} from './model'

const nameOfLanguage = (tag: string): string => {
  try {
    return new Intl.DisplayNames(undefined, {type: 'language'}).of(tag) ?? tag
  } catch {
    return tag
  }
}

const Media = ({file}: {file: File}) => {
  const url = file.downloadUrl ?? ''
  const [kind] = (file.contentType ?? 'video').split('/')
  if (kind === 'image') {
    return <img src={url} alt={displayTitle(file)} />
  }
  return kind === 'audio'
    ? <audio src={url} controls autoplay aria-label={displayTitle(file)} />
    : (
        <video src={url} controls autoplay playsInline aria-label={displayTitle(file)}>
          {file.captions.map(({language, url: captions}) => <track key={language} kind="captions" srclang={language} label={nameOfLanguage(language)} src={captions} />)}
        </video>
      )
}

/** Plays straight from the bucket: the browser asks for the ranges that it needs. */
export const Player = ({file, onClose}: {file: File, onClose: () => void}) => (
  <Dialog title={displayTitle(file)} onClose={onClose}>
    <div class="player"><Media file={file} /></div>
    <div class="row spread wrap">
      <span class="small muted cut">{[file.contentType, file.size === null ? undefined : bytes(file.size), file.author].filter((part) => part).join(' · ')}</span>
      <div class="row">
        <Button icon={Link2} onClick={() => void copy(file.downloadUrl ?? '', 'Link')}>Copy link</Button>
        <LinkButton icon={Download} to={file.downloadUrl ?? ''} download="">Download</LinkButton>
      </div>
    </div>
  </Dialog>
)
