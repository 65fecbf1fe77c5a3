import {useState} from 'preact/hooks'
import {Plus} from 'lucide'
import {RefusedError, explain} from '../../core/http'
import {Button} from '../../ui/button'
import {Notice} from '../../ui/feedback'
import {say} from '../../ui/toast'
import {requestFile} from './calls'
import {urlsIn} from './model'
import {MoreChoices, noWish, PresetChoice, type Wish} from './wish'

interface Refusal {
  readonly url: string
  readonly reason: string
}

const toRefusal = (url: string, error: unknown): Refusal => ({url, reason: error instanceof RefusedError ? `${error.message} (${error.code})` : explain(error)})

const ask = async (urls: readonly string[], wish: Wish): Promise<Refusal[]> => {
  const answers = await Promise.allSettled(urls.map((url) => requestFile(url, wish)))
  return answers.flatMap((answer, index) => answer.status === 'rejected' ? [toRefusal(urls[index]!, answer.reason)] : [])
}

const Refusals = ({refusals}: {refusals: readonly Refusal[]}) => (
  <Notice kind="bad">
    <ul>
      {refusals.map(({url, reason}) => <li key={url}><strong>{url}</strong><br />{reason}</li>)}
    </ul>
  </Notice>
)

/** Where links are pasted, one or many. */
export const Composer = ({onAsked}: {onAsked: () => void}) => {
  const [text, setText] = useState('')
  const [wish, setWish] = useState(noWish)
  const [isBusy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const {urls, wrong} = urlsIn(text)
  const submit = async (): Promise<void> => {
    if (urls.length === 0 || isBusy) {
      return
    }
    setBusy(true)
    const refused = await ask(urls, wish)
    setBusy(false)
    setRefusals(refused)
    setText(refused.map(({url}) => url).join('\n'))
    if (refused.length < urls.length) {
      say(urls.length - refused.length === 1 ? 'The file is on its way' : `${urls.length - refused.length} files are on their way`)
      onAsked()
    }
  }
  return (
    <form class="card composer" aria-label="Request files" onSubmit={(event) => {
      event.preventDefault()
      void submit()
    }}>
      <textarea
        class="input" rows={1} aria-label="Links to media" placeholder="Paste links to media, one or many" value={text} spellcheck={false}
        onInput={({currentTarget}) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            void submit()
          }
        }}
      />
      <div class="row spread wrap">
        <span class="small muted">{wrong.length > 0 ? `Not a link: ${wrong.slice(0, 2).join(', ')}` : urls.length > 1 ? `${urls.length} links` : 'Enter requests, Shift + Enter is a new line'}</span>
        <div class="row">
          <PresetChoice wish={wish} onChange={setWish} />
          <Button type="submit" kind="primary" icon={Plus} disabled={urls.length === 0 || isBusy}>{isBusy ? 'Requesting…' : 'Request'}</Button>
        </div>
      </div>
      <MoreChoices wish={wish} onChange={setWish} />
      {refusals.length > 0 && <Refusals refusals={refusals} />}
    </form>
  )
}
