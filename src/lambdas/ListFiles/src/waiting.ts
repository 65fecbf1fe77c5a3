import type {FileRecord, FileView, Waiting} from '../../../types/domain'

/** Files that began to wait before their records said why. */
const unrecorded: Pick<Waiting, 'reason'> = {reason: 'It is not available yet, or its source asked for a pause.'}

/** Why a file waits and until when; null where it does not. */
export const waitingOf = ({status, waiting, availableAt}: FileRecord): FileView['waiting'] =>
  status === 'Scheduled' ? {...(waiting ?? unrecorded), until: availableAt} : null
