/** The runtime cannot start for a reason that its user can do something about; the message says what. */
export class StartError extends Error {}
