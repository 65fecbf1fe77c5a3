import type {FunctionBody} from './workflows'

/** A workflow and its input; functions are called by the names of the states that call them. */
export interface Specimen {
  readonly name: string
  readonly definition: object
  readonly input: unknown
  readonly functions?: Readonly<Record<string, FunctionBody>>
}

const failing = (name: string) => () => { throw Object.assign(new Error(`${name} happened.`), {name}) }
const task = (name: string, more: object = {}) => ({Type: 'Task', Resource: `arn:aws:lambda:us-west-2:123456789012:function:${name}`, ...more})
const one = (state: object, others: object = {}) => ({StartAt: 'S', States: {S: state, ...others}})
const last = {Type: 'Succeed'}

const order = {
  id: 'o1', total: 41.5, paid: true, tags: ['a', 'b', 'c'], nothing: null, customer: {name: 'Ada', address: {city: 'London', zip: 'N1'}},
  lines: [{sku: 'x', price: 5, count: 2}, {sku: 'y', price: 12, count: 1}, {sku: 'z', price: 0.5, count: 7}], at: '2026-11-24T12:00:00Z', text: '{"parsed":[1,2]}'
}

const pass = (name: string, state: object): Specimen => ({name: `Pass: ${name}`, definition: one({Type: 'Pass', End: true, ...state}), input: order})

const passes: readonly Specimen[] = [
  pass('nothing', {}),
  pass('result', {Result: {a: [1, {b: 2}]}}),
  pass('result path', {Result: 5, ResultPath: '$.customer.age'}),
  pass('deep new result path', {Result: 'v', ResultPath: '$.x.y.z'}),
  pass('result path null', {Result: 5, ResultPath: null}),
  pass('input path', {InputPath: '$.customer.address'}),
  pass('input path to a list item', {InputPath: '$.lines[1]'}),
  pass('output path', {OutputPath: '$.lines'}),
  pass('input path null', {InputPath: null}),
  pass('output path null', {OutputPath: null}),
  pass('parameters', {Parameters: {'city.$': '$.customer.address.city', fixed: [1, 2], nested: {'all.$': '$'}}}),
  pass('parameters after input path', {InputPath: '$.customer', Parameters: {'n.$': '$.name'}, ResultPath: '$.out'}),
  pass('wildcard', {Parameters: {'skus.$': '$.lines[*].sku'}}),
  pass('slice', {Parameters: {'skus.$': '$.lines[0:2].sku'}}),
  pass('filter', {Parameters: {'dear.$': '$.lines[?(@.price > 1)].sku'}}),
  pass('deep scan', {Parameters: {'prices.$': '$..price'}}),
  pass('missing parameter', {Parameters: {'a.$': '$.none'}}),
  pass('missing input path', {InputPath: '$.none'})
]

const call = (expression: string): Specimen => pass(expression, {Parameters: {'v.$': expression}})

const intrinsics: readonly Specimen[] = [
  'States.Format(\'{} of {}\', $.id, $.customer.name)', 'States.Format(\'{}\', $.customer)', 'States.Format(\'\\{{}\\}\', 1)', 'States.StringToJson($.text)',
  'States.JsonToString($.lines)', 'States.Array($.id, 1, true)', 'States.ArrayPartition($.tags, 2)', 'States.ArrayContains($.tags, \'b\')', 'States.ArrayRange(1, 10, 3)',
  'States.ArrayGetItem($.tags, 1)', 'States.ArrayLength($.lines)', 'States.ArrayUnique(States.Array(1, 2, 2, 1))', 'States.Base64Encode($.id)', 'States.Base64Decode(\'bzE=\')',
  'States.Hash($.id, \'SHA-256\')', 'States.JsonMerge($.customer, $.customer.address, false)', 'States.MathAdd(5, -7)', 'States.StringSplit(\'1,2;3\', \',;\')',
  'States.ArrayLength(States.StringSplit(States.Format(\'{}-{}\', $.id, $.id), \'-\'))'
].map(call)

const choice = (name: string, rule: object): Specimen => ({
  name: `Choice: ${name}`, input: order,
  definition: one({Type: 'Choice', Choices: [{...rule, Next: 'Yes'}], Default: 'No'}, {Yes: {Type: 'Pass', Result: 'yes', End: true}, No: {Type: 'Pass', Result: 'no', End: true}})
})

const choices: readonly Specimen[] = [
  choice('string equals', {Variable: '$.id', StringEquals: 'o1'}),
  choice('string less', {Variable: '$.id', StringLessThan: 'o2'}),
  choice('string matches', {Variable: '$.customer.name', StringMatches: 'A*a'}),
  choice('string matches not', {Variable: '$.customer.name', StringMatches: 'B*'}),
  choice('number', {Variable: '$.total', NumericGreaterThanEquals: 41.5}),
  choice('number of a text', {Variable: '$.id', NumericEquals: 1}),
  choice('boolean', {Variable: '$.paid', BooleanEquals: true}),
  choice('timestamp', {Variable: '$.at', TimestampLessThan: '2027-01-01T00:00:00Z'}),
  choice('by path', {Variable: '$.lines[0].price', NumericLessThanPath: '$.lines[1].price'}),
  choice('is null', {Variable: '$.nothing', IsNull: true}),
  choice('is present', {Variable: '$.none', IsPresent: false}),
  choice('is timestamp', {Variable: '$.at', IsTimestamp: true}),
  choice('and', {And: [{Variable: '$.paid', BooleanEquals: true}, {Variable: '$.total', NumericLessThan: 10}]}),
  choice('or of not', {Or: [{Variable: '$.paid', BooleanEquals: false}, {Not: {Variable: '$.id', IsNumeric: true}}]}),
  {name: 'Choice: without a way', definition: one({Type: 'Choice', Choices: [{Variable: '$.id', StringEquals: 'x', Next: 'Yes'}]}, {Yes: last}), input: order}
]

const branch = (state: object, name = 'B') => ({StartAt: name, States: {[name]: {End: true, ...state}}})
const caught = {Catch: [{ErrorEquals: ['Never'], Next: 'Wrong'}, {ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'C'}]}
const rescue = {C: {Type: 'Pass', InputPath: '$.caught.Error', End: true}, Wrong: {Type: 'Fail'}}

const eventually = (times: number): FunctionBody => {
  let left = times
  return (input) => left-- > 0 ? failing('Busy')() : {input, done: true}
}

const flows: readonly Specimen[] = [
  {name: 'Task: output', definition: one(task('S', {End: true})), input: order, functions: {S: (input) => ({got: input})}},
  {name: 'Task: every filter', definition: one(task('S', {InputPath: '$.customer', Parameters: {'n.$': '$.name'}, ResultSelector: {'up.$': '$.up'}, ResultPath: '$.r', OutputPath: '$.r', End: true})),
    input: order, functions: {S: (input) => ({up: String((input as {n: string}).n).toUpperCase(), more: 1})}},
  {name: 'Task: null', definition: one(task('S', {ResultPath: '$.r', End: true})), input: order, functions: {S: () => null}},
  {name: 'Task: failure', definition: one(task('S', {End: true})), input: order, functions: {S: failing('Broken')}},
  {name: 'Task: caught', definition: one(task('S', {...caught, End: true}), rescue), input: order, functions: {S: failing('Broken')}},
  {name: 'Task: caught by name', definition: one(task('S', {Catch: [{ErrorEquals: ['Broken'], Next: 'C'}], End: true}), {C: {Type: 'Pass', Result: 'caught', End: true}}), input: order,
    functions: {S: failing('Broken')}},
  {name: 'Task: not caught', definition: one(task('S', {Catch: [{ErrorEquals: ['Other'], Next: 'C'}], End: true}), {C: last}), input: order, functions: {S: failing('Broken')}},
  {name: 'Task: repeated', definition: one(task('S', {Retry: [{ErrorEquals: ['Busy'], MaxAttempts: 3}], End: true})), input: {a: 1}, functions: {S: eventually(2)}},
  {name: 'Task: repeated without success, then caught', definition: one(task('S', {Retry: [{ErrorEquals: ['Busy'], MaxAttempts: 2}], ...caught, End: true}), rescue), input: {a: 1}, functions: {S: eventually(5)}},
  {name: 'Task: by TaskFailed', definition: one(task('S', {Catch: [{ErrorEquals: ['States.TaskFailed'], Next: 'C'}], End: true}), {C: {Type: 'Pass', Result: 'c', End: true}}), input: {},
    functions: {S: failing('Broken')}},
  {name: 'Wait between', definition: one({Type: 'Wait', Seconds: 5, Next: 'T'}, {T: task('T', {End: true})}), input: order, functions: {T: () => 'after'}},
  {name: 'Wait with paths', definition: one({Type: 'Wait', SecondsPath: '$.total', OutputPath: '$.id', End: true}), input: {...order, total: 3}},
  {name: 'Succeed with paths', definition: one({Type: 'Succeed', InputPath: '$.customer', OutputPath: '$.address'}), input: order},
  {name: 'Fail', definition: one({Type: 'Fail', Error: 'Custom', Cause: 'Because.'}), input: order},
  {name: 'Parallel', definition: one({Type: 'Parallel', Branches: [branch({Type: 'Pass', InputPath: '$.id'}, 'A'), branch(task('B')), branch({Type: 'Pass', Result: 3}, 'D')], End: true}), input: order, functions: {B: () => 'b'}},
  {name: 'Parallel: shaped', definition: one({Type: 'Parallel', Parameters: {'id.$': '$.id'}, Branches: [branch({Type: 'Pass'})], ResultSelector: {'first.$': '$[0]'}, ResultPath: '$.p', End: true}), input: order},
  {name: 'Parallel: failure', definition: one({Type: 'Parallel', Branches: [branch({Type: 'Pass'}), {StartAt: 'F', States: {F: {Type: 'Fail', Error: 'Inner', Cause: 'c'}}}], End: true}), input: order},
  {name: 'Parallel: caught', definition: one({Type: 'Parallel', Branches: [branch(task('B'))], ...caught, End: true}, rescue), input: order, functions: {B: failing('Broken')}},
  {name: 'Map', definition: one({Type: 'Map', ItemsPath: '$.lines', ItemProcessor: branch(task('B')), End: true}), input: order, functions: {B: (line) => (line as {price: number}).price * 2}},
  {name: 'Map: of the input', definition: one({Type: 'Map', ItemProcessor: branch({Type: 'Pass', ResultPath: '$.x', Result: 1}), End: true}), input: [{a: 1}, {a: 2}]},
  {name: 'Map: selector', definition: one({Type: 'Map', ItemsPath: '$.tags', ItemSelector: {'tag.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index', 'id.$': '$.id'}, ItemProcessor: branch({Type: 'Pass'}), End: true}), input: order},
  {name: 'Map: one at a time', definition: one({Type: 'Map', ItemsPath: '$.tags', MaxConcurrency: 1, ItemProcessor: branch({Type: 'Pass'}), ResultPath: '$.out', End: true}), input: order},
  {name: 'Map: failure', definition: one({Type: 'Map', ItemsPath: '$.tags', ItemProcessor: branch(task('B')), ...caught, End: true}, rescue), input: order,
    functions: {B: (tag) => tag === 'b' ? failing('Odd')() : tag}},
  {name: 'Map: empty', definition: one({Type: 'Map', ItemProcessor: branch({Type: 'Pass'}), End: true}), input: []},
  {name: 'Map in Parallel', definition: one({Type: 'Parallel', Branches: [branch({Type: 'Map', ItemsPath: '$.tags', ItemProcessor: {StartAt: 'I', States: {I: {Type: 'Pass', End: true}}}}), branch({Type: 'Pass', InputPath: '$.id'}, 'D')], End: true}), input: order},
  {name: 'A loop with a counter', input: {n: 0}, definition: {StartAt: 'Add', States: {
    Add: {Type: 'Pass', Parameters: {'n.$': 'States.MathAdd($.n, 1)'}, Next: 'More'},
    More: {Type: 'Choice', Choices: [{Variable: '$.n', NumericLessThan: 5, Next: 'Add'}], Default: 'End'}, End: last
  }}}
]

export const corpus: readonly Specimen[] = [...passes, ...intrinsics, ...choices, ...flows]
