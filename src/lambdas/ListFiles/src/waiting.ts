import type {FileRecord, FileView, Waiting} from '../../../types/domain'

/** For files that began to wait before their records said why, or said it to developers. */
const unrecorded: Pick<Waiting, 'reason'> = {reason: 'It is not available yet, or its source asked for a pause.'}

/** Why a file waits and until when; null if it does not wait. */
export const describeWait = ({status, waiting, availableAt}: FileRecord): FileView['waiting'] =>
  status === 'Scheduled' ? {...(waiting?.reason.startsWith('Expected') ? unrecorded : waiting ?? unrecorded), until: availableAt} : null
