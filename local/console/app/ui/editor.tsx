import {useEffect, useRef} from 'preact/hooks'
import {autocompletion, closeBrackets, completionKeymap} from '@codemirror/autocomplete'
import {defaultKeymap, history, historyKeymap} from '@codemirror/commands'
import {json} from '@codemirror/lang-json'
import {bracketMatching, HighlightStyle, syntaxHighlighting} from '@codemirror/language'
import {linter, lintGutter} from '@codemirror/lint'
import {EditorState, type Extension} from '@codemirror/state'
import {drawSelection, EditorView, keymap, lineNumbers} from '@codemirror/view'
import {tags} from '@lezer/highlight'
import {jsonLanguage} from './editor-language'

export interface EditorProps {
  readonly label: string
  /** What to begin with; taken again when `revision` changes. */
  readonly value: string
  readonly revision?: string
  readonly onChange: (value: string) => void
  /** JSON Schema that completion and diagnosis go by. */
  readonly schema?: object
}

const colours = HighlightStyle.define([
  {tag: tags.propertyName, color: 'var(--code-key)'},
  {tag: tags.string, color: 'var(--code-string)'},
  {tag: tags.number, color: 'var(--code-number)'},
  {tag: [tags.bool, tags.null], color: 'var(--code-word)'}
])

const look = EditorView.theme({
  '&': {fontSize: '12.5px', backgroundColor: 'var(--sunken)', color: 'var(--text)', maxHeight: '320px'},
  '&.cm-focused': {outline: 'none'},
  '.cm-content': {fontFamily: 'var(--mono)', padding: '10px 0', caretColor: 'var(--text)'},
  '.cm-cursor': {borderLeftColor: 'var(--text)'},
  '.cm-scroller': {overflow: 'auto', lineHeight: '1.6', fontFamily: 'var(--mono)'},
  '.cm-gutters': {backgroundColor: 'transparent', color: 'var(--faint)', border: 'none'},
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent) !important'},
  '.cm-tooltip': {backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--border-strong)', borderRadius: '8px', overflow: 'hidden'},
  '.cm-tooltip-autocomplete ul li[aria-selected]': {backgroundColor: 'var(--accent)', color: 'var(--on-accent)'},
  '.cm-diagnostic': {padding: '6px 10px', fontFamily: 'var(--font)', fontSize: '12.5px'}
})

const extensions = (label: string, schema: object | undefined, onChange: (value: string) => void): Extension[] => {
  const {complete, lint} = jsonLanguage(schema)
  return [
    lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), json(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
    autocompletion({override: [complete], icons: false}), linter(lint, {delay: 250}), lintGutter(),
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({'aria-label': label}),
    EditorView.updateListener.of(({docChanged, state}) => { if (docChanged) { onChange(state.doc.toString()) } })
  ]
}

/**
 * CodeMirror in a shadow root: there its styles are constructed sheets, which the content security policy lets through;
 * in the document they would be a style element, which it does not.
 */
export const JsonEditor = ({label, value, revision = '', onChange, schema}: EditorProps) => {
  const host = useRef<HTMLDivElement>(null)
  const change = useRef(onChange)
  change.current = onChange
  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({mode: 'open'})
    const editor = new EditorView({
      root, parent: root,
      state: EditorState.create({doc: value, extensions: extensions(label, schema, (text) => change.current(text))})
    })
    return () => editor.destroy()
  }, [schema, revision])
  return <div class="editor" ref={host} />
}
