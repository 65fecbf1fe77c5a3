type Json = Readonly<Record<string, unknown>>

/** What AWS refuses: in words, the definition, and where the finding points: states, then the field. */
export type Refused = readonly [what: string, definition: unknown, place: string]

const B = {Type: 'Succeed'}

/** A machine of a state A, and of B if A leads there. */
const of = (state: Json, {others = {}, ...top}: Json & {others?: Json} = {}): Json =>
  ({StartAt: 'A', ...top, States: {A: state, ...(JSON.stringify(state).includes('"B"') ? {B} : {}), ...others}})

const resource = 'arn:aws:states:::lambda:invoke'
const task = (fields: Json): Json => of({Type: 'Task', Resource: resource, End: true, ...fields})
const pass = (fields: Json): Json => of({Type: 'Pass', End: true, ...fields})
const wait = (fields: Json): Json => of({Type: 'Wait', Next: 'B', ...fields})
const retry = (fields: Json, ...more: Json[]): Json => task({Retry: [{ErrorEquals: ['E'], ...fields}, ...more]})
const choice = (rule: Json, fields: Json = {}): Json => of({Type: 'Choice', Choices: [{Next: 'B', ...rule}], ...fields})
const empty = {StartAt: 'I', States: {I: {Type: 'Pass', End: true}}}
const map = (fields: Json): Json => of({Type: 'Map', ItemProcessor: empty, End: true, ...fields})
const distributed = {...empty, ProcessorConfig: {Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD'}}
const large = (fields: Json): Json => map({ItemProcessor: distributed, ...fields})
const parallel = (...Branches: unknown[]): Json => of({Type: 'Parallel', Branches, End: true})
const jsonata = (state: Json): Json => of({End: true, ...state}, {QueryLanguage: 'JSONata'})
const {End: _, ...open} = {Type: 'Pass', End: true}

const machines: Refused[] = [
  ['no object', [], ': '],
  ['no StartAt', {States: {A: B}}, ': '],
  ['no States', {StartAt: 'A'}, ': '],
  ['States that are a list', {StartAt: 'A', States: [B]}, ': States'],
  ['States that are empty', {StartAt: 'A', States: {}}, ': States'],
  ['StartAt that is no state', {StartAt: 'X', States: {A: B}}, ': StartAt'],
  ['StartAt that is a number', {StartAt: 1, States: {A: B}}, ': StartAt'],
  ['another Version', of(B, {Version: '2.0'}), ': Version'],
  ['a Comment that is no text', of(B, {Comment: 1}), ': Comment'],
  ['a fractional TimeoutSeconds', of(B, {TimeoutSeconds: 1.5}), ': TimeoutSeconds'],
  ['another QueryLanguage', of(B, {QueryLanguage: 'JMESPath'}), ': QueryLanguage'],
  ['an unknown field of the machine', of(B, {Timeout: 5}), ': Timeout'],
  ['a state that nothing leads to', of(B, {others: {C: B}}), 'C: '],
  ['no end at all', of({Type: 'Pass', Next: 'C'}, {others: {C: {Type: 'Pass', Next: 'A'}}}), ': States'],
  ['a name of 81 characters', {StartAt: 'x'.repeat(81), States: {['x'.repeat(81)]: B}}, `${'x'.repeat(81)}: `],
  ['a name twice over the whole machine', parallel(empty, empty), 'A > I: '],
  ['Version within a branch', parallel({...empty, Version: '1.0'}), 'A: Branches[0].Version'],
  ['TimeoutSeconds within an ItemProcessor', map({ItemProcessor: {...empty, TimeoutSeconds: 1}}), 'A: ItemProcessor.TimeoutSeconds']
]

const states: Refused[] = [
  ['a state that is no object', of([] as unknown as Json), 'A: '],
  ['no Type', of({End: true}), 'A: '],
  ['an unknown Type', of({Type: 'Sleep', End: true}), 'A: '],
  ['a Type in small letters', of({Type: 'pass', End: true}), 'A: '],
  ['a Comment that is no text', pass({Comment: []}), 'A: Comment'],
  ['an unknown field', pass({Resource: resource}), 'A: Resource'],
  ['Next and End', of({Type: 'Pass', End: true, Next: 'B'}), 'A: End'],
  ['neither Next nor End', of(open, {others: {}}), 'A: '],
  ['End that is text', of({Type: 'Pass', End: 'true', Next: 'B'}), 'A: End'],
  ['Next that is no state', pass({End: false, Next: 'X'}), 'A: Next'],
  ['Next in another branch', parallel({StartAt: 'I', States: {I: {Type: 'Pass', Next: 'A'}, J: B}}), 'A > I: Next'],
  ['Next of Succeed', of({Type: 'Succeed', Next: 'B'}), 'A: Next'],
  ['End of Fail', of({Type: 'Fail', End: true}), 'A: End'],
  ['Next of Choice', choice({Variable: '$', IsNull: true}, {Next: 'B'}), 'A: Next'],
  ['InputPath of Fail', of({Type: 'Fail', InputPath: '$'}), 'A: InputPath'],
  ['Assign of Succeed', of({Type: 'Succeed', Assign: {}}), 'A: Assign'],
  ['Error and ErrorPath', of({Type: 'Fail', Error: 'E', ErrorPath: '$.e'}), 'A: ErrorPath'],
  ['Cause and CausePath', of({Type: 'Fail', Cause: 'E', CausePath: '$.e'}), 'A: CausePath'],
  ['a Cause that is no text', of({Type: 'Fail', Cause: {}}), 'A: Cause'],
  ['Retry of Pass', pass({Retry: []}), 'A: Retry'],
  ['Catch of Wait', wait({Seconds: 1, Catch: []}), 'A: Catch'],
  ['no time to wait for', wait({}), 'A: '],
  ['Seconds and SecondsPath', wait({Seconds: 1, SecondsPath: '$.s'}), 'A: SecondsPath'],
  ['fractional Seconds', wait({Seconds: 1.5}), 'A: Seconds'],
  ['negative Seconds', wait({Seconds: -1}), 'A: Seconds'],
  ['Seconds beyond the most', wait({Seconds: 100_000_000}), 'A: Seconds'],
  ['Seconds that are text', wait({Seconds: '10'}), 'A: Seconds'],
  ['a Timestamp that is a date alone', wait({Timestamp: '2026-03-14'}), 'A: Timestamp'],
  ['a Timestamp without zone', wait({Timestamp: '2026-03-14T01:59:00'}), 'A: Timestamp'],
  ['a Timestamp of no such day', wait({Timestamp: '2026-13-14T01:59:00Z'}), 'A: Timestamp'],
  ['no Resource', of({Type: 'Task', End: true}), 'A: '],
  ['a Resource that is no ARN', task({Resource: 'MyFunction'}), 'A: Resource'],
  ['.sync of a function', task({Resource: `${resource}.sync`}), 'A: Resource'],
  ['.waitForTaskToken of DynamoDB', task({Resource: 'arn:aws:states:::dynamodb:putItem.waitForTaskToken'}), 'A: Resource'],
  ['.sync of the SDK', task({Resource: 'arn:aws:states:::aws-sdk:glue:startJobRun.sync'}), 'A: Resource'],
  ['.sync:2 of a job', task({Resource: 'arn:aws:states:::batch:submitJob.sync:2'}), 'A: Resource'],
  ['an action of the SDK with a capital', task({Resource: 'arn:aws:states:::aws-sdk:s3:GetObject'}), 'A: Resource'],
  ['TimeoutSeconds of 0', task({TimeoutSeconds: 0}), 'A: TimeoutSeconds'],
  ['fractional TimeoutSeconds', task({TimeoutSeconds: 0.5}), 'A: TimeoutSeconds'],
  ['TimeoutSeconds and TimeoutSecondsPath', task({TimeoutSeconds: 1, TimeoutSecondsPath: '$.t'}), 'A: TimeoutSecondsPath'],
  ['HeartbeatSeconds and HeartbeatSecondsPath', task({HeartbeatSeconds: 1, HeartbeatSecondsPath: '$.t'}), 'A: HeartbeatSecondsPath'],
  ['HeartbeatSeconds as long as TimeoutSeconds', task({TimeoutSeconds: 60, HeartbeatSeconds: 60}), 'A: HeartbeatSeconds'],
  ['HeartbeatSeconds longer than TimeoutSeconds', task({TimeoutSeconds: 60, HeartbeatSeconds: 61}), 'A: HeartbeatSeconds'],
  ['empty Branches', parallel(), 'A: Branches'],
  ['no Branches', of({Type: 'Parallel', End: true}), 'A: '],
  ['Branches that are no list', of({Type: 'Parallel', Branches: empty, End: true}), 'A: Branches'],
  ['StartAt of a branch that is no state', parallel({...empty, StartAt: 'A'}), 'A: Branches[0].StartAt'],
  ['a fault deep within', parallel({StartAt: 'M', States: {M: {Type: 'Map', End: true, ItemProcessor: {StartAt: 'W', States: {W: {Type: 'Wait', Seconds: 1.5, End: true}}}}}}), 'A > M > W: Seconds']
]

const handlers: Refused[] = [
  ['Retry that is no list', task({Retry: {ErrorEquals: ['E']}}), 'A: Retry'],
  ['no ErrorEquals', task({Retry: [{MaxAttempts: 1}]}), 'A: Retry[0]'],
  ['empty ErrorEquals', retry({ErrorEquals: []}), 'A: Retry[0].ErrorEquals'],
  ['ErrorEquals that is text', retry({ErrorEquals: 'States.ALL'}), 'A: Retry[0].ErrorEquals'],
  ['an error that is no text', retry({ErrorEquals: [1]}), 'A: Retry[0].ErrorEquals[0]'],
  ['IntervalSeconds of 0', retry({IntervalSeconds: 0}), 'A: Retry[0].IntervalSeconds'],
  ['fractional IntervalSeconds', retry({IntervalSeconds: 1.5}), 'A: Retry[0].IntervalSeconds'],
  ['negative MaxAttempts', retry({MaxAttempts: -1}), 'A: Retry[0].MaxAttempts'],
  ['fractional MaxAttempts', retry({MaxAttempts: 0.5}), 'A: Retry[0].MaxAttempts'],
  ['MaxAttempts beyond the most', retry({MaxAttempts: 100_000_000}), 'A: Retry[0].MaxAttempts'],
  ['BackoffRate below 1', retry({BackoffRate: 0.9}), 'A: Retry[0].BackoffRate'],
  ['BackoffRate that is text', retry({BackoffRate: '2'}), 'A: Retry[0].BackoffRate'],
  ['MaxDelaySeconds of 0', retry({MaxDelaySeconds: 0}), 'A: Retry[0].MaxDelaySeconds'],
  ['MaxDelaySeconds no longer than the interval', retry({IntervalSeconds: 5, MaxDelaySeconds: 5}), 'A: Retry[0].MaxDelaySeconds'],
  ['MaxDelaySeconds of a year', retry({MaxDelaySeconds: 31_622_400}), 'A: Retry[0].MaxDelaySeconds'],
  ['another JitterStrategy', retry({JitterStrategy: 'HALF'}), 'A: Retry[0].JitterStrategy'],
  ['JitterStrategy in small letters', retry({JitterStrategy: 'full'}), 'A: Retry[0].JitterStrategy'],
  ['an unknown field of a retrier', retry({Retries: 3}), 'A: Retry[0].Retries'],
  ['States.ALL before another retrier', retry({ErrorEquals: ['States.ALL']}, {ErrorEquals: ['E']}), 'A: Retry[0]'],
  ['States.ALL beside another error', retry({ErrorEquals: ['E', 'States.ALL']}), 'A: Retry[0]'],
  ['no Next of a catcher', task({Catch: [{ErrorEquals: ['E']}]}), 'A: Catch[0]'],
  ['a catcher that leads nowhere', task({Catch: [{ErrorEquals: ['E'], Next: 'X'}]}), 'A: Catch[0].Next'],
  ['an unknown field of a catcher', task({Catch: [{ErrorEquals: ['E'], Next: 'B', MaxAttempts: 1}]}), 'A: Catch[0].MaxAttempts'],
  ['States.ALL before another catcher', task({Catch: [{ErrorEquals: ['States.ALL'], Next: 'B'}, {ErrorEquals: ['E'], Next: 'B'}]}), 'A: Catch[0]'],
  ['States.ALL beside another error to catch', task({Catch: [{ErrorEquals: ['States.ALL', 'E'], Next: 'B'}]}), 'A: Catch[0]'],
  ['a catcher\'s result in the context object', task({Catch: [{ErrorEquals: ['E'], Next: 'B', ResultPath: '$$.x'}]}), 'A: Catch[0].ResultPath']
]

const choices: Refused[] = [
  ['no Choices', of({Type: 'Choice', Default: 'B'}), 'A: '],
  ['empty Choices', of({Type: 'Choice', Choices: [], Default: 'B'}), 'A: Choices'],
  ['a Default that is no state', choice({Variable: '$', IsNull: true}, {Default: 'X'}), 'A: Default'],
  ['a rule that leads nowhere', choice({Variable: '$', IsNull: true, Next: 'X'}, {Default: 'B'}), 'A: Choices[0].Next'],
  ['a rule without Next', choice({Variable: '$', IsNull: true, Next: undefined}, {Default: 'B'}), 'A: Choices[0]'],
  ['Next in a nested rule', choice({Not: {Variable: '$', IsNull: true, Next: 'B'}}), 'A: Choices[0].Not.Next'],
  ['Next in a rule within And', choice({And: [{Variable: '$', IsNull: true, Next: 'B'}]}), 'A: Choices[0].And[0].Next'],
  ['Assign in a nested rule', choice({Or: [{Variable: '$', IsNull: true, Assign: {x: 1}}]}), 'A: Choices[0].Or[0].Assign'],
  ['no comparison', choice({Variable: '$.x'}), 'A: Choices[0]'],
  ['two comparisons', choice({Variable: '$.x', IsNull: true, IsString: true}), 'A: Choices[0]'],
  ['a comparison beside And', choice({Variable: '$.x', IsNull: true, And: [{Variable: '$', IsNull: true}]}), 'A: Choices[0]'],
  ['no Variable', choice({IsNull: true}), 'A: Choices[0]'],
  ['a Variable that is no path', choice({Variable: 'x', IsNull: true}), 'A: Choices[0].Variable'],
  ['an unknown comparison', choice({Variable: '$.x', StringStartsWith: 'a'}), 'A: Choices[0].StringStartsWith'],
  ['empty And', choice({And: []}), 'A: Choices[0].And'],
  ['empty Or', choice({Or: []}), 'A: Choices[0].Or'],
  ['Not with a list', choice({Not: [{Variable: '$', IsNull: true}]}), 'A: Choices[0].Not'],
  ['And with an object', choice({And: {Variable: '$', IsNull: true}}), 'A: Choices[0].And'],
  ['a text compared as a number', choice({Variable: '$', NumericEquals: '1'}), 'A: Choices[0].NumericEquals'],
  ['a number compared as text', choice({Variable: '$', StringEquals: 1}), 'A: Choices[0].StringEquals'],
  ['text where true or false belongs', choice({Variable: '$', IsPresent: 'true'}), 'A: Choices[0].IsPresent'],
  ['a comparison with no time', choice({Variable: '$', TimestampEquals: 'noon'}), 'A: Choices[0].TimestampEquals'],
  ['a path to many', choice({Variable: '$', StringEqualsPath: '$.x[*]'}), 'A: Choices[0].StringEqualsPath'],
  ['Condition in JSONPath', choice({Condition: '{% true %}'}), 'A: Choices[0].Condition']
]

const maps: Refused[] = [
  ['no ItemProcessor', of({Type: 'Map', End: true}), 'A: '],
  ['ItemProcessor and Iterator', map({Iterator: {StartAt: 'J', States: {J: B}}}), 'A: Iterator'],
  ['ItemSelector and Parameters', map({ItemSelector: {}, Parameters: {}}), 'A: Parameters'],
  ['an ItemProcessor without States', map({ItemProcessor: {StartAt: 'I'}}), 'A: ItemProcessor'],
  ['another Mode', map({ItemProcessor: {...empty, ProcessorConfig: {Mode: 'REMOTE'}}}), 'A: ItemProcessor.ProcessorConfig.Mode'],
  ['no ExecutionType', map({ItemProcessor: {...empty, ProcessorConfig: {Mode: 'DISTRIBUTED'}}}), 'A: ItemProcessor.ProcessorConfig'],
  ['ExecutionType inline', map({ItemProcessor: {...empty, ProcessorConfig: {Mode: 'INLINE', ExecutionType: 'EXPRESS'}}}), 'A: ItemProcessor.ProcessorConfig.ExecutionType'],
  ['negative MaxConcurrency', map({MaxConcurrency: -1}), 'A: MaxConcurrency'],
  ['fractional MaxConcurrency', map({MaxConcurrency: 1.5}), 'A: MaxConcurrency'],
  ['MaxConcurrency and MaxConcurrencyPath', map({MaxConcurrency: 1, MaxConcurrencyPath: '$.m'}), 'A: MaxConcurrencyPath'],
  ['ItemReader inline', map({ItemReader: {Resource: 'arn:aws:states:::s3:getObject'}}), 'A: ItemReader'],
  ['ResultWriter inline', map({ResultWriter: {Resource: 'arn:aws:states:::s3:putObject'}}), 'A: ResultWriter'],
  ['ItemBatcher inline', map({ItemBatcher: {MaxItemsPerBatch: 2}}), 'A: ItemBatcher'],
  ['ToleratedFailureCount inline', map({ToleratedFailureCount: 2}), 'A: ToleratedFailureCount'],
  ['a Label inline', map({Label: 'x'}), 'A: Label'],
  ['ToleratedFailurePercentage beyond 100', large({ToleratedFailurePercentage: 101}), 'A: ToleratedFailurePercentage'],
  ['negative ToleratedFailurePercentage', large({ToleratedFailurePercentage: -1}), 'A: ToleratedFailurePercentage'],
  ['fractional ToleratedFailureCount', large({ToleratedFailureCount: 0.5}), 'A: ToleratedFailureCount'],
  ['a Label of 41 characters', large({Label: 'x'.repeat(41)}), 'A: Label'],
  ['a Label with a blank', large({Label: 'a b'}), 'A: Label'],
  ['an ItemReader without Resource', large({ItemReader: {ReaderConfig: {InputType: 'JSON'}}}), 'A: ItemReader'],
  ['another InputType', large({ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {InputType: 'XML'}}}), 'A: ItemReader.ReaderConfig.InputType'],
  ['CSV without header', large({ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {InputType: 'CSV'}}}), 'A: ItemReader.ReaderConfig'],
  ['CSV without headers', large({ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {InputType: 'CSV', CSVHeaderLocation: 'GIVEN'}}}), 'A: ItemReader.ReaderConfig'],
  ['MaxItems and MaxItemsPath', large({ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {MaxItems: 1, MaxItemsPath: '$.m'}}}), 'A: ItemReader.ReaderConfig.MaxItemsPath'],
  ['an empty ItemBatcher', large({ItemBatcher: {}}), 'A: ItemBatcher'],
  ['a batch of 0', large({ItemBatcher: {MaxItemsPerBatch: 0}}), 'A: ItemBatcher.MaxItemsPerBatch'],
  ['a batch beyond 256 KiB', large({ItemBatcher: {MaxInputBytesPerBatch: 262_145}}), 'A: ItemBatcher.MaxInputBytesPerBatch'],
  ['an empty ResultWriter', large({ResultWriter: {}}), 'A: ResultWriter']
]

const expressions: Refused[] = [
  ['an InputPath that is no path', pass({InputPath: 'x'}), 'A: InputPath'],
  ['an OutputPath with an open bracket', pass({OutputPath: '$.x[0'}), 'A: OutputPath'],
  ['a path that ends in a dot', pass({InputPath: '$.x.'}), 'A: InputPath'],
  ['ResultPath into the context object', pass({ResultPath: '$$.Execution'}), 'A: ResultPath'],
  ['ResultPath into a variable', pass({ResultPath: '$customer.name'}), 'A: ResultPath'],
  ['ResultPath with a wildcard', pass({ResultPath: '$.x[*]'}), 'A: ResultPath'],
  ['ResultPath with a filter', pass({ResultPath: '$.x[?(@.y == 1)]'}), 'A: ResultPath'],
  ['ResultPath by descent', pass({ResultPath: '$..x'}), 'A: ResultPath'],
  ['ResultPath that is no text', pass({ResultPath: 1}), 'A: ResultPath'],
  ['SecondsPath to many', wait({SecondsPath: '$.x[0:2]'}), 'A: SecondsPath'],
  ['a field .$ that is no path', pass({Parameters: {a: [{'b.$': 'c'}]}}), 'A: Parameters.a[0].b.$'],
  ['a field .$ that is no text', pass({Parameters: {'b.$': 1}}), 'A: Parameters.b.$'],
  ['a field .$ of ResultSelector', task({ResultSelector: {'b.$': ''}}), 'A: ResultSelector.b.$'],
  ['an unknown function', pass({Parameters: {'b.$': 'States.Uuid()'}}), 'A: Parameters.b.$'],
  ['a function with too few arguments', pass({Parameters: {'b.$': 'States.MathAdd(1)'}}), 'A: Parameters.b.$'],
  ['a function with too many arguments', pass({Parameters: {'b.$': 'States.UUID(1)'}}), 'A: Parameters.b.$'],
  ['a format with more places than values', pass({Parameters: {'b.$': 'States.Format(\'{} {}\', $.a)'}}), 'A: Parameters.b.$'],
  ['a call that is not closed', pass({Parameters: {'b.$': 'States.Format(\'{}\', $.a'}}), 'A: Parameters.b.$'],
  ['a call with text in double quotes', pass({Parameters: {'b.$': 'States.Format("{}", $.a)'}}), 'A: Parameters.b.$'],
  ['functions eleven deep', pass({Parameters: {'b.$': `${'States.Array('.repeat(11)}1${')'.repeat(11)}`}}), 'A: Parameters.b.$'],
  ['an ErrorPath that is no path', of({Type: 'Fail', ErrorPath: 'E'}), 'A: ErrorPath'],
  ['a variable that begins with a digit', pass({Assign: {'1st': 1}}), 'A: Assign.1st'],
  ['the variable states', pass({Assign: {states: 1}}), 'A: Assign.states'],
  ['Assign that is no object', pass({Assign: []}), 'A: Assign'],
  ['Arguments in JSONPath', task({Arguments: {}}), 'A: Arguments'],
  ['Output in JSONPath', pass({Output: {}}), 'A: Output'],
  ['Items in JSONPath', map({Items: []}), 'A: Items'],
  ['Parameters in JSONata', jsonata({Type: 'Task', Resource: resource, Parameters: {}}), 'A: Parameters'],
  ['InputPath in JSONata', jsonata({Type: 'Pass', InputPath: '$'}), 'A: InputPath'],
  ['ResultPath in a state of JSONata', pass({QueryLanguage: 'JSONata', ResultPath: '$.x'}), 'A: ResultPath'],
  ['SecondsPath in JSONata', jsonata({Type: 'Wait', Seconds: 1, SecondsPath: '$.x'}), 'A: SecondsPath'],
  ['JSONPath within JSONata', jsonata({Type: 'Pass', QueryLanguage: 'JSONPath'}), 'A: QueryLanguage'],
  ['an expression that is not closed', jsonata({Type: 'Pass', Output: {x: ['{% 1']}}), 'A: Output.x[0]'],
  ['an expression that is no JSONata', jsonata({Type: 'Pass', Assign: {x: '{% 1 + %}'}}), 'A: Assign.x'],
  ['fractional Seconds in JSONata', jsonata({Type: 'Wait', Seconds: 0.5}), 'A: Seconds'],
  ['text for Seconds in JSONata', jsonata({Type: 'Wait', Seconds: '1'}), 'A: Seconds'],
  ['a rule of JSONPath in JSONata', of({Type: 'Choice', Choices: [{Condition: '{% true %}', Variable: '$', Next: 'B'}]}, {QueryLanguage: 'JSONata'}), 'A: Choices[0].Variable'],
  ['a Condition that is text', of({Type: 'Choice', Choices: [{Condition: 'true', Next: 'B'}]}, {QueryLanguage: 'JSONata'}), 'A: Choices[0].Condition']
]

export const refused: readonly Refused[] = [...machines, ...states, ...handlers, ...choices, ...maps, ...expressions]
