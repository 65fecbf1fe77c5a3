import {runtime} from '../../core/runtime'
import {Choice} from '../../ui/fields'

/** Which rules see the events again; all of the bus if none is named. */
export const RuleChoice = ({chosen, onChange}: {chosen: readonly string[], onChange: (rules: readonly string[]) => void}) => {
  const rules = (runtime.value?.rules ?? []).filter(({bus}) => bus !== 'default')
  return (
    <Choice
      label="Rules" value={chosen[0] ?? ''} options={[['', 'All that take replays'], ...rules.map(({arn, name}) => [arn, name] as const)]}
      onChange={(arn) => onChange(arn === '' ? [] : [arn])}
    />
  )
}
