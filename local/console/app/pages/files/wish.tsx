import {computed} from '@preact/signals'
import {runtime} from '../../core/runtime'
import {Choice, TextField} from '../../ui/fields'
import {presets, wordsOfPreset} from './presets'

/** What is wanted of each link, as the fields have it; empty if nothing is said. */
export interface Wish {
  readonly preset: string
  readonly language: string
  readonly role: string
  readonly minutes: string
}

export const noWish: Wish = {preset: '', language: '', role: '', minutes: ''}

const roles = ['', 'description', 'commentary', 'dub', 'enhanced-audio-intelligibility', 'alternate', 'supplementary', 'emergency'] as const
const roleWords: Readonly<Record<string, string>> = {
  '': 'Main sound', description: 'Audio description', commentary: 'Commentary', dub: 'Dubbed', 'enhanced-audio-intelligibility': 'Clearer speech',
  alternate: 'Alternate', supplementary: 'Supplementary', emergency: 'Emergency'
}

/** Requests of a runtime with older contracts have no such choices. */
const members = computed(() => runtime.value?.events.find(({name}) => name === 'FileRequested')?.members ?? [])

const secondsIn = (minutes: string): number => Math.round(Number(minutes.replace(',', '.')) * 60)

/** The members of a request beside its URL. The API says what is wrong with them. */
export const wishBody = ({preset, language, role, minutes}: Wish): Readonly<Record<string, unknown>> => {
  const audio = {...(language.trim() !== '' && {language: language.trim()}), ...(role !== '' && {role})}
  return {
    ...(preset !== '' && {preset}), ...(Object.keys(audio).length > 0 && {audio}), ...(minutes.trim() !== '' && {record: {seconds: secondsIn(minutes)}})
  }
}

interface Props {
  readonly wish: Wish
  readonly onChange: (wish: Wish) => void
}

export const PresetChoice = ({wish, onChange}: Props) => presets.value.length === 0
  ? null
  : (
      <Choice
        label="What to fetch" hideLabel value={wish.preset} options={presets.value.map((each) => [each, wordsOfPreset(each)] as const)}
        onChange={(preset) => onChange({...wish, preset})}
      />
    )

/** What few want, folded away. */
export const MoreChoices = ({wish, onChange}: Props) => members.value.includes('audioLanguage')
  ? (
      <details>
        <summary class="small muted">Another sound, or a recording of a live broadcast</summary>
        <div class="row wrap">
          <TextField label="Language of the sound" value={wish.language} placeholder="fi, pt-BR" onInput={(language) => onChange({...wish, language})} />
          <Choice label="Kind of sound" value={wish.role} options={roles.map((role) => [role, roleWords[role] ?? role] as const)} onChange={(role) => onChange({...wish, role})} />
          {members.value.includes('recordSeconds') && (
            <TextField label="Minutes to record of a radio station" value={wish.minutes} placeholder="at most 14" onInput={(minutes) => onChange({...wish, minutes})} />
          )}
        </div>
      </details>
    )
  : null
