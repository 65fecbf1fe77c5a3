import {computed, effect, signal} from '@preact/signals'

export type Theme = 'light' | 'dark' | 'system'

const stored = (name: string): string | null => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

const store = (name: string, value: string): void => {
  try {
    localStorage.setItem(name, value)
  } catch { /* a browser that keeps nothing still shows everything */ }
}

const isTheme = (value: string | null): value is Theme => value === 'light' || value === 'dark' || value === 'system'

const storedTheme = stored('theme')
const storedUsers = (stored('users') ?? 'local').split(' ').filter((name) => name !== '')

/** Light, dark or what the system says. */
export const theme = signal<Theme>(isTheme(storedTheme) ? storedTheme : 'system')

/** Who asks: the local API authorizer takes every name. */
export const user = signal(stored('user') ?? 'local')

/** Names that were used here. */
export const users = signal<readonly string[]>(storedUsers.length === 0 ? ['local'] : storedUsers)

/** Becomes someone, known or new. */
export const become = (name: string): void => {
  user.value = name
  users.value = [...new Set([...users.value, name])]
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const isSystemDark = signal(systemIsDark.matches)
systemIsDark.addEventListener('change', ({matches}) => { isSystemDark.value = matches })

/** What is shown. */
export const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && isSystemDark.value))

effect(() => store('theme', theme.value))
effect(() => { document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light' })
effect(() => store('user', user.value))
effect(() => store('users', users.value.join(' ')))
