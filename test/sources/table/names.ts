import {film} from '../answers'
import type {SourceCase, SourceSubject} from '../case'

const size = 70_000

const named = (behaviour: string, title: string, disposition: string | undefined, path = '/get'): SourceCase => ({
  behaviour,
  outcome: `The title is \`${title}\``,
  path,
  serve: () => film(size, disposition === undefined ? {} : {headers: {'content-disposition': disposition}}),
  file: {status: 'Downloaded', title},
  stored: {synthetic: size}
})

export const names: SourceSubject = {
  heading: 'Names',
  cases: [
    named('`filename=My Video.mp4`, without quotes', 'My Video', 'attachment; filename=My Video.mp4'),
    named('`filename="Caf%C3%A9.mp4"`, percent-encoded', 'Café', 'attachment; filename="Caf%C3%A9.mp4"'),
    named('`filename*="UTF-8\'\'x.mp4"`, in quotes', 'x', 'attachment; filename*="UTF-8\'\'x.mp4"'),
    named('`filename*` of letters beyond Latin', 'Привет мир', 'attachment; filename*=UTF-8\'\'%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%20%D0%BC%D0%B8%D1%80.mp4'),
    named('A name with a joiner', 'می\u200cخواهم', `attachment; filename*=UTF-8''${encodeURIComponent('می\u200cخواهم.mp4')}`),
    named('A name that ends in a dot, which browsers leave out', 'x', 'attachment; filename="x.mp4."'),
    named('A path that ends in a date', '2024.05.17', undefined, '/2024.05.17'),
    named('A path that ends in a number behind a dot', 'Vol.2', undefined, '/Vol.2')
  ]
}
