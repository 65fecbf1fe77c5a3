import {Moon, Sun, SunMoon} from 'lucide'
import {connection} from '../core/stream'
import {href, route} from '../core/route'
import {type Theme, theme} from '../core/settings'
import {pages} from '../pages/pages'
import {Button} from '../ui/button'
import {Icon} from '../ui/icon'

const states = {connecting: 'Connecting', live: 'Live', lost: 'Not connected'}
const themes: Readonly<Record<Theme, {icon: typeof Sun, label: string, next: Theme}>> = {
  system: {icon: SunMoon, label: 'Colours: as the system. Change to light', next: 'light'},
  light: {icon: Sun, label: 'Colours: light. Change to dark', next: 'dark'},
  dark: {icon: Moon, label: 'Colours: dark. Change to as the system', next: 'system'}
}

const Navigation = () => (
  <nav class="nav" aria-label="Pages">
    {Object.entries(pages).map(([name, {title, icon}]) => (
      <a href={href(name)} key={name} aria-current={route.value.page === name ? 'page' : undefined}>
        <Icon of={icon} size={18} />
        {title}
      </a>
    ))}
  </nav>
)

export const Sidebar = () => {
  const {icon, label, next} = themes[theme.value]
  return (
    <header class="sidebar">
      <a class="brand" href={href('files')}>
        <img src="/_console/icon.svg" alt="" />
        MediaDownloader
      </a>
      <Navigation />
      <div class="sidebar-foot">
        <div class="row spread">
          <div class="connection" data-state={connection.value} role="status">
            <i />
            <span>{states[connection.value]}</span>
          </div>
          <Button icon={icon} label={label} kind="quiet" onClick={() => { theme.value = next }} />
        </div>
      </div>
    </header>
  )
}
