import {computed} from '@preact/signals'
import {runtime} from '../../core/runtime'

const known = ['1080p', '720p', 'audio', 'audio-mp3'] as const
const words: Readonly<Record<string, string>> = {'': 'Best quality', '1080p': 'Up to 1080p', '720p': 'Up to 720p', audio: 'Audio', 'audio-mp3': 'Audio as MP3'}

/** What may be asked for; nothing if requests of this runtime have no such choice. */
export const presets = computed(() => runtime.value?.events.find(({name}) => name === 'FileRequested')?.members.includes('preset') ? ['', ...known] : [])

export const wordsOfPreset = (preset: string): string => words[preset] ?? preset
