import {type ArchivedFile, findRequest} from './attempts'
import {listDifferences} from './compare'
import {type CapturedSources, capturedSource} from './doors/captured-source'
import {scaledFile} from './scaled'
import type {Played, Stage} from './stage'

/** What a shadow found about one attempt at a file. */
export interface Judgement {
  readonly fileId: string
  readonly correlationId: string
  /** `open` if the archive does not say how it ended, and all is the same up to there. */
  readonly outcome: 'same' | 'different' | 'open'
  /** Sentences, the first one first in the flow. */
  readonly differences: readonly string[]
  /** The archive has its beginning. */
  readonly isWhole: boolean
  /** States that today's workflow enters. */
  readonly states: readonly string[]
  /** Users whom a push would have reached. */
  readonly told: readonly string[]
}

export interface JudgedFile {
  readonly judgements: readonly Judgement[]
  readonly played: readonly Played[]
}

/** Plays a file and compares it with what the archive says, attempt by attempt. */
export const judgeFile = async (stage: Stage, archived: ArchivedFile, sources?: CapturedSources): Promise<JudgedFile> => {
  const file = scaledFile(archived, stage.rangedFromBytes)
  const played = await stage.play(file, sources && ((attempt, stand) => capturedSource(sources, attempt, stand)))
  const users = new Set<string>()
  const judgements = file.attempts.map((attempt, index): Judgement => {
    const made = played[index]!
    const request = findRequest(attempt)
    if (request !== undefined) {
      users.add(String(request.detail['userId']))
    }
    const differences = listDifferences(attempt, made, users)
    return {
      fileId: file.fileId, correlationId: attempt.correlationId, differences, isWhole: request !== undefined,
      outcome: differences.length > 0 ? 'different' : made.isOpen ? 'open' : 'same',
      states: made.states, told: made.pushes.map(({userId}) => userId)
    }
  })
  return {judgements, played}
}
