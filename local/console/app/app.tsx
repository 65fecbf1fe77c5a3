import {type ComponentType} from 'preact'
import {useEffect, useState} from 'preact/hooks'
import {hasKey} from '../../../shared/json'
import {connection, watch} from './core/stream'
import {loadRuntime} from './core/runtime'
import {explain} from './core/http'
import {route} from './core/route'
import {Files} from './pages/files/files'
import {pages} from './pages/pages'
import {Sidebar} from './shell/sidebar'
import {Notice, Skeleton} from './ui/feedback'
import {Toasts} from './ui/toast'

const loaded = new Map<string, ComponentType>([['files', Files]])

/** The page of the route: the first is there at once, the others come when they are asked for. */
const usePage = (name: string): ComponentType | string | undefined => {
  const [, show] = useState<ComponentType | string>()
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const load = hasKey(pages, name) ? pages[name].load : undefined
    if (loaded.has(name) || load === undefined) {
      return
    }
    load().then((page) => {
      loaded.set(name, page)
      show(() => page)
    }, (error: unknown) => setFailure(explain(error)))
  }, [name])
  return loaded.get(name) ?? failure
}

const Content = () => {
  const {page} = route.value
  const Page = usePage(page)
  useEffect(() => { document.title = `${hasKey(pages, page) ? pages[page].title : 'Not found'} · MediaDownloader` }, [page])
  if (!hasKey(pages, page)) {
    return <div class="page"><Notice>There is no page “{page}” here.</Notice></div>
  }
  if (typeof Page === 'string') {
    return <div class="page"><Notice kind="bad">The page could not be loaded: {Page}</Notice></div>
  }
  return Page === undefined ? <div class="page"><Skeleton /></div> : <Page />
}

export const App = () => {
  useEffect(() => {
    loadRuntime().catch(() => undefined)
    return watch(() => undefined)
  }, [])
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault()
        document.querySelector<HTMLElement>('main')?.focus()
      }}>Skip to the page
      </a>
      <Sidebar />
      <main class="main" id="main" tabIndex={-1}>
        {connection.value === 'lost' && <div class="lost" role="status">The runtime does not answer. What is shown may be old; it goes on where it was when the runtime is back.</div>}
        <Content />
      </main>
      <Toasts />
    </div>
  )
}
