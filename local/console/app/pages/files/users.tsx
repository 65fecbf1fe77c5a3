import {useState} from 'preact/hooks'
import {UserPlus} from 'lucide'
import {become, user, users} from '../../core/settings'
import {Button} from '../../ui/button'
import {Dialog} from '../../ui/dialog'
import {Choice, TextField} from '../../ui/fields'

const NewUser = ({onClose}: {onClose: () => void}) => {
  const [name, setName] = useState('')
  const isName = /^[\w.@-]{1,64}$/.test(name)
  return (
    <Dialog title="Another user" onClose={onClose}>
      <form class="stack" onSubmit={(event) => {
        event.preventDefault()
        if (isName) {
          become(name)
          onClose()
        }
      }}>
        <TextField label="Name" value={name} placeholder="ann" onInput={setName}>
          <span class="small muted">Letters, digits and . _ @ -. On this machine all users are who they say they are.</span>
        </TextField>
        <div><Button type="submit" kind="primary" disabled={!isName}>Be {name === '' ? 'this user' : name}</Button></div>
      </form>
    </Dialog>
  )
}

/** Who asks. */
export const UserSwitch = () => {
  const [isAdding, setAdding] = useState(false)
  return (
    <div class="row">
      <Choice label="User" hideLabel value={user.value} options={users.value.map((name) => [name, name] as const)} onChange={become} />
      <Button icon={UserPlus} label="Another user" onClick={() => setAdding(true)} />
      {isAdding && <NewUser onClose={() => setAdding(false)} />}
    </div>
  )
}
