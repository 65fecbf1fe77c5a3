/** Every kind of fault that the verifier finds, and what is wrong with it. */
export const codes = {
  'not-json': 'the file is not JSON',
  syntax: 'not valid in the Amazon States Language',
  'query-language': 'JSONata, which the verifier does not follow',

  'placeholder-outside-string': 'a placeholder outside of a string: the file itself is not JSON',
  'placeholder-broken': 'a placeholder that Terraform or EventBridge would not substitute',
  'placeholder-unknown': 'a placeholder that the HCL does not fill in',
  'placeholder-unused': 'a value of the HCL that the file does not use',
  'hardcoded-arn': 'an ARN with an account or region in it',
  'state-name': 'a state whose name is not PascalCase',

  'state-unreachable': 'a state that nothing leads to',
  'state-without-end': 'a state from which no end can be reached',
  'choice-without-default': 'a choice that may match nothing',
  'unbounded-loop': 'a cycle that nothing bounds',
  'loop-without-wait': 'a failure that leads back to its task without a wait',

  'path-absent': 'a path at which there is nothing',
  'path-maybe-absent': 'a path at which there may be nothing',
  'path-as-text': 'an expression in a field whose name does not end in .$',
  'wrong-type': 'a value of another type than the place demands',
  intrinsic: 'an intrinsic function that is unknown or called in the wrong way',
  'wait-not-a-time': 'a wait for something that is no ISO time',
  'choice-type': 'a comparison with a value of another type',

  'integration-unknown': 'an integration of which the verifier knows no results and errors',
  'integration-parameters': 'parameters that the integration lacks or does not know',
  'lambda-integration': 'a function called otherwise than by lambda:invoke',
  'function-unknown': 'a function that is not deployed',
  'lambda-input': 'a payload that is not what the function takes',
  'sdk-put-events': 'events published through aws-sdk, which swallows partial failure',
  'event-entries': 'other than one event in a task',
  'event-contract': 'an event that misses its contract',

  'dynamodb-key': 'a key that is not the table\'s',
  'dynamodb-item': 'an item that nobody declared',
  'dynamodb-value': 'an attribute value that is not typed as DynamoDB has it',
  'dynamodb-expression': 'an expression that DynamoDB refuses',
  'dynamodb-attribute': 'an attribute of another type than the record has, or that it has not',
  'dynamodb-unconditional': 'a change of a record without a condition',

  'timeout-missing': 'a task without a timeout',
  'timeout-too-short': 'a task that times out before its function does',
  'error-unhandled': 'an error that nothing catches',
  'error-unknown': 'an error name that the task never has',
  'handler-unreachable': 'a retrier or catcher that never gets its turn',
  'states-all': 'States.ALL beside other names, or before other entries',
  'catch-before-retry': 'Catch written before Retry, though it comes after',
  'answer-uncaught': 'a condition that does not hold, treated as any failure',
  'retry-permanent': 'a retry of what will not change',
  'retry-missing': 'no retry of what may pass',
  'retry-wait': 'a retry of what must wait for the time that the source names',
  'retry-careless': 'a retry without growth, cap, jitter or a sensible limit',
  'retry-impatient': 'retries that give up before a source recovers',
  'wait-missing': 'a failure that must wait and look again, and does not',

  'data-limit': 'data that may exceed 256 KiB, which States.ALL does not catch',
  'payload-growth': 'data that grows with every turn of a loop',
  'map-concurrency': 'a Map without a limit of concurrency',

  'silent-success': 'a success without what was promised',
  'failure-as-success': 'a success after a failure was announced',
  'failure-unannounced': 'a failure that nobody hears of',
  'error-swallowed': 'an error caught inside of a Map or Parallel that then succeeds',
  order: 'a task that begins before what has to come first',
  budget: 'more states on the common path than promised'
} as const

export type Code = keyof typeof codes
