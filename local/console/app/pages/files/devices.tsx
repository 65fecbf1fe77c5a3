import {useState} from 'preact/hooks'
import {Bell, Plus, Smartphone, Trash2} from 'lucide'
import {alertIn} from '../../../../../shared/alert'
import type {EntryOf} from '../../../api/entry'
import {ago, clockTime} from '../../core/format'
import {explain} from '../../core/http'
import {useLive} from '../../core/live'
import {user} from '../../core/settings'
import {Button} from '../../ui/button'
import {Empty} from '../../ui/feedback'
import {Choice} from '../../ui/fields'
import {Icon} from '../../ui/icon'
import {say} from '../../ui/toast'
import {type Device, parseDeviceId, listDevices, listPushes, registerDevice, unregisterDevice} from './calls'

const platforms: Readonly<Record<string, string>> = {APNS: 'iPhone', APNS_SANDBOX: 'iPhone (sandbox)', GCM: 'Android', FCM: 'Android'}
const wordsOfPlatform = (platform: string): string => platforms[platform] ?? platform

const complain = (error: unknown): void => say(explain(error), 'bad')

const DeviceRow = ({device, onChange}: {device: Device, onChange: () => void}) => {
  const id = parseDeviceId(device)
  const remove = (): void => { unregisterDevice(id!).then(onChange, complain) }
  return (
    <li class="device">
      <span class="device-mark"><Icon of={Smartphone} size={18} /></span>
      <div class="grow">
        <div class="cut">{id ?? device.token}</div>
        <div class="small muted">{wordsOfPlatform(device.platform)}{device.isEnabled ? '' : ' · switched off'}</div>
      </div>
      {id !== undefined && <Button kind="quiet slim" icon={Trash2} label={`Remove ${id}`} onClick={remove} />}
    </li>
  )
}

const AddDevice = ({count, onChange}: {count: number, onChange: () => void}) => {
  const [platform, setPlatform] = useState<'APNS' | 'FCM'>('APNS')
  const add = (): void => { registerDevice(`phone-${count + 1}`, platform, user.value).then(onChange, complain) }
  return (
    <div class="row">
      <div class="grow">
        <Choice label="Kind of device" hideLabel value={platform} options={[['APNS', 'iPhone'], ['FCM', 'Android']]} onChange={setPlatform} />
      </div>
      <Button icon={Plus} onClick={add}>Add a device</Button>
    </div>
  )
}

const Push = ({push}: {push: EntryOf<'notification'>}) => {
  const {title = 'Push', subtitle, body} = alertIn(push.message) ?? {}
  return (
    <li class="push">
      <span class="row spread"><strong>{title}</strong><time class="muted nowrap" dateTime={push.at} title={clockTime(push.at)}>{ago(push.at)}</time></span>
      {subtitle !== undefined && <span>{subtitle}</span>}
      <span class="muted">{body}</span>
    </li>
  )
}

const Pushes = () => {
  const {data: pushes = []} = useLive(() => listPushes(user.value), ({type}) => type === 'notification', [user.value])
  return (
    <section class="card" aria-label="Pushes">
      <div class="card-head"><h2>Pushes</h2>{pushes.length > 0 && <span class="small muted">{pushes.length}</span>}</div>
      {pushes.length === 0
        ? <Empty icon={Bell} title="No pushes yet">When a file is there, or will not come, every device of {user.value} is told.</Empty>
        : <ul class="card-body pushes" tabIndex={0}>{pushes.map((push) => <Push push={push} key={push.id} />)}</ul>}
    </section>
  )
}

/** The user's devices and what reached them. */
export const Devices = () => {
  const {data: devices = [], reload} = useLive(() => listDevices(user.value), ({type}) => type === 'notification', [user.value])
  return (
    <aside class="devices" aria-label={`Devices of ${user.value}`}>
      <section class="card">
        <div class="card-head"><h2>Devices</h2></div>
        <div class="card-body stack">
          {devices.length === 0
            ? <p class="small muted">{user.value} has no device. Add one to see what a phone would get.</p>
            : <ul>{devices.map((device) => <DeviceRow device={device} onChange={reload} key={device.arn} />)}</ul>}
          <AddDevice count={devices.length} onChange={reload} />
        </div>
      </section>
      <Pushes />
    </aside>
  )
}
