import type {Json} from '../../../shared/json'

/** What a bucket's sub-resource holds; null if it was deleted, text if it is a policy. */
export type Setting = Json | string | null
