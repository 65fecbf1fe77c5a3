import {isObject} from '../guards'
import {checkFields, checkExclusive, field, inJsonata, inJsonPath, required, type Table} from './fields'
import {type Check, into, must, show, tell} from './place'
import {resource} from './resource'
import {anything, integer, list, number, keyword, orJsonata, path, referencePath, template, text} from './values'

const labelLength = 40
const label = must(`a label of at most ${labelLength} letters, digits, - or _`,
  (value) => typeof value === 'string' && value.length <= labelLength && /^[^\s?*<>{}[\]"#%\\^|~`$&,;:/\p{Cc}]+$/u.test(value), 'Shorten or rename it.')

const limit = (least: number, most?: number): Check => orJsonata(integer(least, most))

const readerConfig: Table = {
  InputType: field(keyword('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST')),
  CSVHeaderLocation: field(keyword('FIRST_ROW', 'GIVEN')),
  CSVHeaders: field(orJsonata(list(text, 1))),
  CSVDelimiter: field(keyword('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB')),
  ManifestType: field(keyword('ATHENA_DATA', 'S3_INVENTORY')),
  Transformation: field(keyword('NONE', 'LOAD_AND_FLATTEN')),
  ItemsPointer: field(text),
  MaxItems: field(limit(1, 100_000_000)),
  MaxItemsPath: inJsonPath(referencePath)
}

const checkReaderConfig: Check = (value, place) => {
  if (!checkFields(value, readerConfig, 'ReaderConfig', place)) {
    return
  }
  checkExclusive(value, ['MaxItems', 'MaxItemsPath'], place)
  if (value.InputType === 'CSV' && value.CSVHeaderLocation === undefined) {
    tell(place, 'CSVHeaderLocation of a CSV file', 'none', 'Write FIRST_ROW, or GIVEN with CSVHeaders.')
  } else if (value.CSVHeaderLocation === 'GIVEN' && value.CSVHeaders === undefined) {
    tell(place, 'CSVHeaders, since CSVHeaderLocation is GIVEN', 'none', 'List the names of the columns.')
  }
}

const reader: Table = {
  Resource: required(resource),
  ReaderConfig: field(checkReaderConfig),
  Parameters: inJsonPath(template),
  Arguments: inJsonata(template)
}

const batcher: Table = {
  MaxItemsPerBatch: field(limit(1)),
  MaxItemsPerBatchPath: inJsonPath(referencePath),
  MaxInputBytesPerBatch: field(limit(1, 262_144)),
  MaxInputBytesPerBatchPath: inJsonPath(referencePath),
  BatchInput: field(template)
}

const writer: Table = {
  Resource: field(resource),
  Parameters: inJsonPath(template),
  Arguments: inJsonata(template),
  WriterConfig: field((value, place) => {
    checkFields(value, {
      Transformation: field(keyword('NONE', 'COMPACT', 'FLATTEN')),
      OutputType: field(keyword('JSON', 'JSONL'))
    }, 'WriterConfig', place)
  })
}

const checkBatcher: Check = (value, place) => {
  if (checkFields(value, batcher, 'ItemBatcher', place)) {
    checkExclusive(value, ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'], place)
    checkExclusive(value, ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'], place)
    if (!Object.keys(value).some((key) => key.startsWith('Max'))) {
      tell(place, 'MaxItemsPerBatch or MaxInputBytesPerBatch', 'neither', 'Say how large a batch may be.')
    }
  }
}

const checkWriter: Check = (value, place) => {
  if (checkFields(value, writer, 'ResultWriter', place) && value.Resource === undefined && value.WriterConfig === undefined) {
    tell(place, 'Resource or WriterConfig', 'neither', 'Say where results are written.')
  }
}

/** Fields of a Map alone. */
export const mapFields: Table = {
  ItemProcessor: field(anything),
  Iterator: inJsonPath(anything),
  ItemsPath: inJsonPath(path),
  Items: inJsonata(orJsonata(must('a list or an expression {% … %}', (value) => Array.isArray(value) || isObject(value), 'Write a list.'))),
  ItemSelector: field(template),
  ItemReader: field((value, place) => {
    checkFields(value, reader, 'ItemReader', place)
  }),
  ItemBatcher: field(checkBatcher),
  ResultWriter: field(checkWriter),
  MaxConcurrency: field(limit(0)),
  MaxConcurrencyPath: inJsonPath(referencePath),
  ToleratedFailurePercentage: field(orJsonata(number(0, 100))),
  ToleratedFailurePercentagePath: inJsonPath(referencePath),
  ToleratedFailureCount: field(limit(0)),
  ToleratedFailureCountPath: inJsonPath(referencePath),
  Label: field(label)
}

const processorConfig: Table = {Mode: field(keyword('INLINE', 'DISTRIBUTED')), ExecutionType: field(keyword('STANDARD', 'EXPRESS'))}
const ofDistributed = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'ToleratedFailurePercentage', 'ToleratedFailurePercentagePath',
  'ToleratedFailureCount', 'ToleratedFailureCountPath']

export const checkProcessorConfig: Check = (value, place) => {
  if (!checkFields(value, processorConfig, 'ProcessorConfig', place)) {
    return
  }
  if (value.Mode === 'DISTRIBUTED' && value.ExecutionType === undefined) {
    tell(place, 'ExecutionType of a distributed Map', 'none', 'Write STANDARD or EXPRESS.')
  } else if (value.Mode !== 'DISTRIBUTED' && value.ExecutionType !== undefined) {
    tell(into(place, 'ExecutionType'), 'it in a distributed Map alone', show(value.ExecutionType), 'Set Mode to DISTRIBUTED, or remove it.')
  }
}

/** Checks what fields of a Map say together. */
export const checkMap: Check = (value, place) => {
  if (!isObject(value)) {
    return
  }
  for (const key of ['MaxConcurrency', 'ToleratedFailurePercentage', 'ToleratedFailureCount']) {
    checkExclusive(value, [key, `${key}Path`], place)
  }
  checkExclusive(value, ['ItemProcessor', 'Iterator'], place, {isRequired: true})
  checkExclusive(value, ['ItemSelector', 'Parameters'], place)
  const isDistributed = [value.ItemProcessor, value.Iterator].some((each) =>
    isObject(each) && isObject(each.ProcessorConfig) && each.ProcessorConfig.Mode === 'DISTRIBUTED')
  if (!isDistributed) {
    ofDistributed.filter((key) => Object.hasOwn(value, key)).forEach((key) =>
      tell(into(place, key), `${key} in a distributed Map alone`, 'an inline Map', 'Set ProcessorConfig.Mode to DISTRIBUTED, or remove it.'))
  }
}
