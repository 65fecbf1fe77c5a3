import {serveWork} from './serve'

/** Node and nothing else: what all others are compared with. */
serveWork(async () => undefined)
