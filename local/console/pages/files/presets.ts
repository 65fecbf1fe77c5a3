import {computed, signal} from '@preact/signals'

/** What the API says may be asked for; none where it has no choice. */
const known = signal<readonly string[]>([])

export const presets = computed(() => known.value.length === 0 ? [] : ['', ...known.value])

const words: Readonly<Record<string, string>> = {'': 'Best quality', audio: 'Audio only', video: 'Video'}

export const wordsOfPreset = (preset: string): string => words[preset] ?? preset

export const setPresets = (names: readonly string[]): void => { known.value = names }
