import {Download} from 'lucide'
import {explain} from '../../core/http'
import {useLive} from '../../core/live'
import {go, href} from '../../core/route'
import {Button} from '../../ui/button'
import {Notice} from '../../ui/feedback'
import {say} from '../../ui/toast'
import {requestFile} from '../files/calls'
import {readPracticeSource} from './calls'

const never = (): boolean => false

interface Take {
  readonly words: string
  readonly query: string
}

const takes: readonly Take[] = [
  {words: 'Request a small video', query: ''},
  {words: 'Request a large one', query: `?bytes=${160 * 1024 ** 2}&seconds=10`}
]

/** Another name each time: a file that is there is not fetched again. */
const nextUrl = (template: string, query: string): string => `${template.replace('{name}', `take-${Date.now().toString(36)}`)}${query}`

/** Videos to try faults with, from the runtime itself. */
export const PracticeCard = () => {
  const {data, error} = useLive(readPracticeSource, never, [])
  const ask = (query: string): void => void requestFile(nextUrl(data!.url, query)).then(
    ({fileId}) => go(href('timeline', fileId)),
    (refused: unknown) => say(explain(refused), 'bad')
  )
  return (
    <section class="card" aria-label="Practice source">
      <div class="card-head"><h2>Practice source</h2></div>
      <div class="card-body stack">
        {error !== undefined && <Notice kind="bad">{error}</Notice>}
        {data !== undefined && <code class="small break">{data.url}</code>}
        {data?.isReachable === false
          ? <Notice>Functions fetch nothing from this machine here. Start with <code>npm start -- --allow-private-sources</code> to practise.</Notice>
          : (
              <div class="row wrap">
                {takes.map(({words, query}) => <Button key={words} kind="slim" icon={Download} disabled={data === undefined} onClick={() => ask(query)}>{words}</Button>)}
              </div>
            )}
      </div>
    </section>
  )
}
