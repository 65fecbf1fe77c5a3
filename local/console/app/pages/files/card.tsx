import {useEffect, useErrorBoundary, useRef, useState} from 'preact/hooks'
import {AudioLines, ChartGantt, CircleX, Film, Image, Link2, Play, RotateCw, Workflow} from 'lucide'
import {bytes} from '../../../../../shared/bytes'
import {ago, duration, hostName, when} from '../../core/format'
import {explain as errorWords} from '../../core/http'
import {href} from '../../core/route'
import {Button, LinkButton} from '../../ui/button'
import {Pill} from '../../ui/feedback'
import {Icon} from '../../ui/icon'
import {copy, say} from '../../ui/toast'
import {cancelFile, retryFile} from './calls'
import {type File, fileGroup, findHint, isCancelled, displayTitle, statusTone, describeWish, describeStatus} from './model'
import {wordsOfPreset} from './presets'

const mediaKind = ({contentType}: File): string => contentType?.split('/')[0] ?? 'video'
const signs: Readonly<Record<string, typeof Film>> = {audio: AudioLines, image: Image, video: Film}

/** Its picture, else one of the video itself, else a sign; what the browser cannot show is not shown. */
const Picture = ({file}: {file: File}) => {
  const [isUnshown, setUnshown] = useState(false)
  const {thumbnailUrl, downloadUrl} = file
  if (isUnshown || (thumbnailUrl === null && (downloadUrl === null || mediaKind(file) !== 'video'))) {
    return <Icon of={signs[mediaKind(file)] ?? Film} size={30} />
  }
  const onError = (): void => setUnshown(true)
  return thumbnailUrl !== null
    ? <img src={thumbnailUrl} alt="" loading="lazy" onError={onError} />
    : <video src={`${downloadUrl}#t=0.8`} preload="metadata" muted playsInline tabIndex={-1} aria-hidden="true" onError={onError} />
}

const Thumb = ({file, onPlay}: {file: File, onPlay: () => void}) => {
  const content = <><Picture file={file} /><Pill tone={statusTone(file)}>{describeStatus(file)}</Pill></>
  return file.downloadUrl === null
    ? <div class="thumb">{content}</div>
    : (
        <button type="button" class="thumb" onClick={onPlay}>
          {content}
          <span class="visually-hidden">Play {displayTitle(file)}</span>
          <span class="play"><Icon of={Play} size={20} /></span>
        </button>
      )
}

const Progress = ({file}: {file: File}) => {
  const {bytesDone, size, speed, secondsLeft} = file
  const share = size === null || size === 0 ? undefined : Math.min(1, bytesDone / size)
  return (
    <>
      <div
        class={`progress${share === undefined || bytesDone === 0 ? ' unknown' : ''}`} role="progressbar" aria-label={`Progress of ${displayTitle(file)}`}
        aria-valuemin={0} aria-valuemax={100} aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <span style={share === undefined || bytesDone === 0 ? {} : {width: `${share * 100}%`}} />
      </div>
      <div class="row spread wrap file-meta numbers">
        <span class="nowrap">{bytesDone === 0 && size === null ? 'Waiting for the first bytes' : `${bytes(bytesDone)}${size === null ? '' : ` of ${bytes(size)}`}`}</span>
        <span class="nowrap">{speed ? `${bytes(speed)}/s` : ''}{speed && secondsLeft ? ` · ${duration(secondsLeft * 1000).replace(/\.0+ s/, ' s')} left` : ''}</span>
      </div>
    </>
  )
}

const act = (what: Promise<unknown>, done: string): void => {
  what.then(() => say(done), (error: unknown) => say(errorWords(error), 'bad'))
}

const Actions = ({file, onPlay}: {file: File, onPlay: () => void}) => {
  const group = fileGroup(file)
  return (
    <div class="file-actions">
      {group === 'done' && <Button kind="quiet slim" icon={Play} onClick={onPlay}>Play</Button>}
      {group === 'done' && <Button kind="quiet slim" icon={Link2} onClick={() => void copy(file.downloadUrl ?? '', 'Link')}>Copy link</Button>}
      {group === 'failed' && <Button kind="quiet slim" icon={RotateCw} onClick={() => act(retryFile(file), 'Trying again')}>Retry</Button>}
      {group === 'going' && <Button kind="quiet slim" icon={CircleX} onClick={() => act(cancelFile(file), 'Cancelled')}>Cancel</Button>}
      <span class="grow" />
      <LinkButton kind="quiet slim" icon={Workflow} to={href('workflow', undefined, {file: file.fileId})} label={`Workflow of ${displayTitle(file)}`} />
      <LinkButton kind="quiet slim" icon={ChartGantt} to={href('timeline', file.fileId)} label={`Timeline of ${displayTitle(file)}`} />
    </div>
  )
}

const Failure = ({error}: {error: NonNullable<File['error']>}) => (
  <div class="reason" data-code={error.code}>
    <span title={error.detail ?? error.message}>{error.message}</span>
    <small>{findHint(error)}</small>
  </div>
)

/** Why it waits, and when it continues. */
const Waiting = ({file: {waiting}}: {file: File}) => waiting
  ? (
      <div class="reason waiting">
        <span title={waiting.reason}>{waiting.reason}</span>
        <small>It continues by itself at <time dateTime={waiting.until}>{when(waiting.until)}</time>.</small>
      </div>
    )
  : <p class="small muted">It continues by itself.</p>

const Meta = ({file}: {file: File}) => (
  <p class="file-meta cut">
    {[file.author ?? hostName(file.sourceUrl), fileGroup(file) === 'done' && file.size !== null ? bytes(file.size) : undefined, file.preset === 'best' ? undefined : wordsOfPreset(file.preset), describeWish(file), ago(file.completedAt ?? file.requestedAt)]
      .filter((part) => part !== undefined).join(' · ')}
  </p>
)

interface Props {
  readonly file: File
  /** Another page leads here. */
  readonly isPointed: boolean
  readonly onPlay: () => void
}

/** What cannot be shown costs its own place, not the list. */
export const Card = (props: Props) => {
  const failure: readonly unknown[] = useErrorBoundary()
  return failure[0] === undefined
    ? <FileCard {...props} />
    : <li class="card file" data-file={props.file.fileId}><p class="file-body small muted">{props.file.sourceUrl} cannot be shown: {errorWords(failure[0])}</p></li>
}

/** One file: what it is, how far it is, what can be done with it. */
const FileCard = ({file, isPointed, onPlay}: Props) => {
  const element = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isPointed) {
      element.current?.scrollIntoView({block: 'center'})
    }
  }, [isPointed])
  return (
    <li class={`card file${isPointed ? ' pointed' : ''}`} data-file={file.fileId} data-status={file.status} ref={element}>
      <Thumb file={file} onPlay={onPlay} />
      <div class="file-body">
        <div>
          <h3 class="file-title" title={displayTitle(file)}>{displayTitle(file)}</h3>
          <Meta file={file} />
        </div>
        {file.note && <p class="small muted">{file.note}</p>}
        {file.status === 'Scheduled' && <Waiting file={file} />}
        {fileGroup(file) === 'going' && file.status !== 'Scheduled' && <Progress file={file} />}
        {isCancelled(file) ? <p class="small muted">You stopped it; nothing of it was kept.</p> : file.error !== null && <Failure error={file.error} />}
        <Actions file={file} onPlay={onPlay} />
      </div>
    </li>
  )
}
