import {describe, expect, it} from '@jest/globals'
import {settingsIn, textDefault} from '../settings'

describe('settingsIn', () => {
  it('reads text, numbers, booleans and null, whatever is beside them', () => {
    expect(Object.fromEntries(settingsIn('# suffix = "-No"\nsuffix   = "-Dev" # of ann\nlog_retention_days=7\naccept_replayed_events = true // yes\napns = null\n')))
      .toEqual({suffix: '-Dev', log_retention_days: 7, accept_replayed_events: true, apns: null})
  })

  it('takes nothing from inside a list or an object', () => {
    const text = 'apns = {\n  suffix = "-Inside"\n}\njwt_audience = [\n  "one", # ]\n]\nsuffix = "-Dev"\n'
    expect(Object.fromEntries(settingsIn(text))).toEqual({suffix: '-Dev'})
  })

  it('knows an escaped quote, and brackets that are text', () => {
    expect(Object.fromEntries(settingsIn('alarm_email = "\\"{[@example.com"\nsuffix = "-Dev"'))).toEqual({alarm_email: '"{[@example.com', suffix: '-Dev'})
  })
})

describe('textDefault', () => {
  const hcl = 'variable "region" {\n  type    = string\n  default = "us-west-2"\n}\n\nvariable "days" {\n  default = 3\n}\n'

  it('is the default of that variable', () => {
    expect(textDefault(hcl, 'region')).toBe('us-west-2')
  })

  it('is no other variable\'s', () => {
    expect(() => textDefault(hcl, 'days')).toThrow('no variable days')
    expect(() => textDefault(`variable "suffix" {\n}\n${hcl}`, 'suffix')).toThrow('no variable suffix')
  })
})
