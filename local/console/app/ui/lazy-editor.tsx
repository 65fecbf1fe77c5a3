import type {ComponentType} from 'preact'
import {useEffect, useState} from 'preact/hooks'
import type {EditorProps} from './editor'
import {Skeleton} from './feedback'

/** The editor comes when it is first wanted; it is larger than all the rest. */
export const Editor = (props: EditorProps) => {
  const [Loaded, setLoaded] = useState<ComponentType<EditorProps>>()
  useEffect(() => { void import('./editor').then(({JsonEditor}) => setLoaded(() => JsonEditor)) }, [])
  return Loaded === undefined ? <div class="editor"><Skeleton lines={3} /></div> : <Loaded {...props} />
}
