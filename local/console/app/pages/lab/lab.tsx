import {useEffect, useState} from 'preact/hooks'
import {FastForward, FlaskConical, Timer, Trash2, Zap} from 'lucide'
import {clockTime} from '../../core/format'
import {RefusedError, explain} from '../../core/http'
import {useLive} from '../../core/live'
import {Button} from '../../ui/button'
import {Empty, Notice, Pill} from '../../ui/feedback'
import {say} from '../../ui/toast'
import {addFault, type ClockView, type Fault, listFaults, moveClock, type PlannedFault, readClock, removeFault} from './calls'
import {FaultForm} from './fault-form'
import {PracticeCard} from './practice-card'
import {type Recipe, recipes} from './recipes'

const complain = (error: unknown): void => say(explain(error), 'bad')

/** Absent if the runtime has no such switch. */
const orAbsent = <T extends object>(loaded: Promise<T>): Promise<T | 'absent'> => loaded.catch((error: unknown) => {
  if (error instanceof RefusedError && error.status === 404) {
    return 'absent'
  }
  throw error
})

const everything = (): boolean => true

const steps = [[60, '1 minute'], [3600, '1 hour'], [4 * 3600, '4 hours'], [24 * 3600, '1 day']] as const

const Moves = ({clock, onMoved}: {clock: ClockView, onMoved: () => void}) => {
  const move = (change: Parameters<typeof moveClock>[0]): void => void moveClock(change).then(onMoved, complain)
  return (
    <div class="stack">
      <div class="row wrap" role="group" aria-label="Skip">
        {steps.map(([seconds, words]) => <Button key={seconds} kind="slim" icon={FastForward} onClick={() => move({advance: seconds})}>{words}</Button>)}
      </div>
      <div class="row wrap">
        {clock.next !== null && <Button kind="slim" onClick={() => move({now: clock.next!})}>Skip to what waits next</Button>}
        <Button kind="slim" onClick={() => move({mode: clock.mode === 'auto' ? 'manual' : 'auto'})}>{clock.mode === 'auto' ? 'Stop skipping by itself' : 'Skip waits by itself'}</Button>
      </div>
    </div>
  )
}

const ClockCard = () => {
  const {data, error, reload} = useLive(() => orAbsent(readClock()), everything, [])
  useEffect(() => {
    const timer = setInterval(reload, 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <section class="card" aria-label="Clock">
      <div class="card-head"><h2>Clock</h2>{typeof data === 'object' && <Pill tone={data.mode === 'real' ? 'plain' : 'run'}>{data.mode === 'real' ? 'real time' : `virtual, ${data.mode}`}</Pill>}</div>
      {data === 'absent'
        ? <Empty icon={Timer} title="No clock here">This runtime keeps real time.</Empty>
        : (
            <div class="card-body stack">
              {error !== undefined && <Notice kind="bad">{error}</Notice>}
              {data !== undefined && <div><div class="clock-now">{clockTime(data.now)}</div><div class="small muted">{new Date(data.now).toDateString()}{data.next === null ? '' : ` · something waits until ${clockTime(data.next)}`}</div></div>}
              {data !== undefined && (data.mode === 'real'
                ? <Notice>Time is real here. Start with <code>npm start -- --virtual-clock</code> to skip hours.</Notice>
                : <Moves clock={data} onMoved={reload} />)}
            </div>
          )}
    </section>
  )
}

const wordsOfFault = ({at, effect, nth, times, by}: Fault): string =>
  `${effect} at ${at}${nth === undefined ? '' : `, from the ${nth}. on`}${times === undefined ? '' : times === 'always' ? ', always' : `, ${times} times`}${by === undefined ? '' : `, called by ${by}`}`

const FaultRow = ({fault, onChange}: {fault: PlannedFault, onChange: () => void}) => (
  <li class="recipe">
    <div class="grow"><strong>{wordsOfFault(fault)}</strong><p class="numbers">{fault.struck} struck of {fault.seen} seen</p></div>
    <Button kind="quiet slim" icon={Trash2} label={`Switch off: ${wordsOfFault(fault)}`} onClick={() => void removeFault(fault.id).then(onChange, complain)} />
  </li>
)

const RecipeRow = ({recipe: {title, words, fault}, onChange}: {recipe: Recipe, onChange: () => void}) => (
  <li class="recipe">
    <div class="grow"><strong>{title}</strong><p>{words}</p></div>
    <Button kind="slim" icon={Zap} onClick={() => void addFault(fault).then(() => {
      say(`Planned: ${title}`)
      onChange()
    }, complain)}>Switch on
    </Button>
  </li>
)

const Faults = () => {
  const {data, error, reload} = useLive(() => orAbsent(listFaults()), everything, [])
  const [isOwn, setOwn] = useState(false)
  if (data === 'absent') {
    return <section class="card"><Empty icon={FlaskConical} title="No faults here">This runtime has no switch to make things go wrong.</Empty></section>
  }
  return (
    <>
      <section class="card" aria-label="What can go wrong">
        <div class="card-head"><h2>What can go wrong</h2><Button kind="quiet slim" expanded={isOwn} onClick={() => setOwn(!isOwn)}>One of your own</Button></div>
        <div class="card-body stack">
          {isOwn && <FaultForm onAdded={reload} />}
          <ul class="recipes">{recipes.map((recipe) => <RecipeRow recipe={recipe} key={recipe.title} onChange={reload} />)}</ul>
        </div>
      </section>
      <section class="card" aria-label="Planned">
        <div class="card-head"><h2>Planned</h2>{(data?.length ?? 0) > 0 && <Button kind="quiet slim" icon={Trash2} onClick={() => void removeFault().then(reload, complain)}>All off</Button>}</div>
        {error !== undefined && <Notice kind="bad">{error}</Notice>}
        {data === undefined || data.length === 0
          ? <Empty icon={Zap} title="Nothing is to go wrong">Switch something on, request a file, and watch how it comes through.</Empty>
          : <ul class="card-body recipes">{data.map((fault) => <FaultRow fault={fault} key={fault.id} onChange={reload} />)}</ul>}
      </section>
    </>
  )
}

/** Where things are made to go wrong, and time to go faster. */
export const LabPage = () => (
  <div class="page">
    <div class="page-head"><div><h1>Lab</h1><p>Make things go wrong, or time go faster, and see what holds.</p></div></div>
    <div class="lab-grid"><ClockCard /><PracticeCard /><Faults /></div>
  </div>
)
