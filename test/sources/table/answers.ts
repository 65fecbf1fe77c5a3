import {syntheticFile} from '../../helpers/media/synthetic'
import type {SourceSubject} from '../case'
import {film} from '../answers'

export const answers: SourceSubject = {
  heading: 'Answers',
  cases: [
    {
      behaviour: 'A media file with its length, a strong `ETag` and ranges',
      outcome: 'The file, byte for byte',
      serve: () => film(300_000),
      file: {status: 'Downloaded', size: 300_000, contentType: 'video/mp4'},
      stored: syntheticFile('mp4', 300_000)
    }
  ]
}
