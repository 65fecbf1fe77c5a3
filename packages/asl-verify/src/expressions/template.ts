import {formatPointer} from '../finding'
import {join} from '../shape/join'
import {shapeOfLiteral} from '../shape/literal'
import {arrayShape, objectShape, type Shape} from '../shape/shape'
import {evaluate} from './evaluate'
import type {Scope} from './scope'

const expressionText = /^\$\$?[.[]|^States\.[A-Z]\w*\(/

/** The value of a payload template: fields whose names end in `.$` are expressions, all else is as it is. */
export const evaluateTemplate = (template: unknown, pointer: string, scope: Scope): Shape => {
  if (Array.isArray(template)) {
    return arrayShape(join(...template.map((each, index) => evaluateTemplate(each, `${pointer}/${index}`, scope))), template.length)
  }
  if (typeof template === 'object' && template !== null) {
    return objectShape(Object.fromEntries(Object.entries(template).map(([key, value]) =>
      [key.replace(/\.\$$/, ''), evaluateField(key, value, `${pointer}${formatPointer(key)}`, scope)])))
  }
  if (typeof template === 'string' && expressionText.test(template)) {
    scope.report('path-as-text', pointer, `Expected an expression in a field whose name ends in .$; found '${template}', which is handed on as text. Append .$ to the name.`)
  }
  return shapeOfLiteral(template)
}

const evaluateField = (key: string, value: unknown, pointer: string, scope: Scope): Shape => {
  if (!key.endsWith('.$')) {
    return evaluateTemplate(value, pointer, scope)
  }
  return evaluate(String(value), pointer, scope)
}
