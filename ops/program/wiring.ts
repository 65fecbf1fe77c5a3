import {join} from 'node:path'
import {path} from '../../shared/cli/option'
import {root} from './root'

export const wiring = path('file', 'what is deployed: local/wiring.json, or the output of terraform show -json', join(root, 'local', 'wiring.json'))
