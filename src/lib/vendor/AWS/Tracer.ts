import {Tracer} from '@aws-lambda-powertools/tracer'

/** Powertools' tracer. Plain http(s) stays untraced: sources are strangers, and the trace header would go to them. */
export const openTracer = (): Tracer => new Tracer({captureHTTPsRequests: false})
