import type {CompletionContext, CompletionResult} from '@codemirror/autocomplete'
import type {Diagnostic} from '@codemirror/lint'
import type {EditorView} from '@codemirror/view'
import {getLanguageService} from 'vscode-json-languageservice'
import {TextDocument} from 'vscode-languageserver-textdocument'

const uri = 'console://detail.json'
const severities = ['error', 'error', 'warning', 'info', 'hint'] as const

/** `"${1:}"` is where VS Code puts the cursor; here the text alone is wanted. */
const withoutStops = (text: string): string => text.replace(/\$\{\d+:([^}]*)\}|\$\d+/g, '$1').replace(/\\([$}])/g, '$1')

/** Completion and diagnosis of JSON by a schema: the language service of VS Code behind CodeMirror's two questions. */
export const jsonLanguage = (schema: object | undefined) => {
  const service = getLanguageService({})
  service.configure({validate: true, allowComments: false, ...(schema !== undefined && {schemas: [{uri: 'console://schema.json', fileMatch: ['*'], schema: schema}]})})
  const parse = (text: string) => {
    const document = TextDocument.create(uri, 'json', 1, text)
    return {document, json: service.parseJSONDocument(document)}
  }
  return {
    complete: async ({state, pos}: CompletionContext): Promise<CompletionResult | null> => {
      const {document, json} = parse(state.doc.toString())
      const list = await service.doComplete(document, document.positionAt(pos), json)
      const [first] = list?.items ?? []
      if (list === null || first === undefined) {
        return null
      }
      const range = first.textEdit !== undefined && 'range' in first.textEdit ? first.textEdit.range : undefined
      return {
        from: range === undefined ? pos : document.offsetAt(range.start),
        ...(range !== undefined && {to: document.offsetAt(range.end)}),
        filter: false,
        options: list.items.map(({label, detail, documentation, textEdit}) => ({
          label, apply: withoutStops(textEdit?.newText ?? label), ...(detail !== undefined && {detail}),
          ...(documentation !== undefined && {info: typeof documentation === 'string' ? documentation : documentation.value})
        }))
      }
    },
    lint: async ({state}: EditorView): Promise<Diagnostic[]> => {
      const {document, json} = parse(state.doc.toString())
      const found = await service.doValidation(document, json)
      return found.map(({range, severity = 1, message}) => ({from: document.offsetAt(range.start), to: document.offsetAt(range.end), severity: severities[severity] ?? 'error', message: typeof message === 'string' ? message : message.value}))
    }
  }
}
