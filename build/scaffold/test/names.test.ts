import {describe, expect, it} from '@jest/globals'
import {checkName, checkSentence} from '../names'
import {render} from '../template'

describe('a name', () => {
  it('is PascalCase', () => {
    expect(checkName('the event', 'FileThumbnailMade2')).toBe('FileThumbnailMade2')
  })

  it.each([undefined, '', 'fileMade', 'File-Made', 'F', 'File Made', '../File'])('is refused: %s', (name) => {
    expect(() => checkName('the event', name)).toThrow(`Expected the name of the event in PascalCase, letters and digits only; got '${name ?? ''}'.`)
  })

  it('leaves room for the suffix of a stack and of a queue', () => {
    expect(() => checkName('the rule', 'A'.repeat(48))).toThrow(`Expected the name of the rule to have at most 47 characters; '${'A'.repeat(48)}' has 48.`)
  })
})

describe('a sentence', () => {
  it('stands in JSON, HCL and a comment as it is', () => {
    expect(checkSentence('A thumbnail is in S3: who wants it?.')).toBe('A thumbnail is in S3: who wants it?.')
  })

  it.each(['no capital.', 'No full stop', 'A "quote".', 'An end */ of a comment.', 'A ${template}.', 'Two\nlines.'])('is refused: %j', (sentence) => {
    expect(() => checkSentence(sentence)).toThrow('Expected --says to be one plain sentence with a capital and a full stop')
  })
})

describe('a template', () => {
  it('leaves what is HCL\'s own', () => {
    expect(render('lambda/lambda.tf', {Name: 'MakePoster', says: 'Makes a poster.'})).toContain('"MakePoster${var.suffix}"')
  })

  it('is refused without a value for each placeholder', () => {
    expect(() => render('lambda/lambda.tf', {Name: 'MakePoster'})).toThrow('Expected a value for {{says}} of build/templates/lambda/lambda.tf.tmpl.')
  })
})
