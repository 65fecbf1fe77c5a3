import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {dispositionName} from '../source-name'

interface Recorded {
  /** Its version. */
  readonly chromium: string
  /** Name under which the file lies in the folder of downloads; null if it comes from the URL, absent if the answer is refused. */
  readonly names: ReadonlyArray<{readonly header: string, readonly saved?: string | null}>
}

const recorded = JSON.parse(readFileSync('src/util/sources/test/data/chromium-disposition.json', 'utf8')) as Recorded

interface Deviation {
  readonly reason: string
  /** What we read, by header; null if it names nothing. */
  readonly names: Readonly<Record<string, string | null>>
}

const deviations: readonly Deviation[] = [
  {
    reason: 'A path is cut to its last segment, where Chromium makes one name of all of it.',
    names: {
      'attachment; filename=a\\b.mp4': 'b.mp4', 'attachment; filename="a\\\\b.mp4"': 'b.mp4', 'attachment; filename="a%2Fb.mp4"': 'b.mp4', 'attachment; filename*=UTF-8\'\'a%2Fb.mp4': 'b.mp4',
      'attachment; filename="../../etc/passwd"': 'passwd', 'attachment; filename="C:\\\\media\\\\a.mp4"': 'a.mp4', 'attachment; filename="dir/sub/x.mp4"': 'x.mp4', 'attachment; filename="a/"': null
    }
  },
  {
    reason: 'What file systems do not take is part of a title; ListFiles replaces it in the name to save under, as Chromium does.',
    names: {
      'attachment; filename=a"b.mp4': 'a"b.mp4', 'attachment; filename="a \\"b\\".mp4"': 'a "b".mp4', 'attachment; filename="a:b?c*d|e<f>.mp4"': 'a:b?c*d|e<f>.mp4', 'attachment; filename="~x.mp4"': '~x.mp4',
      'attachment; filename=".mp4"': '.mp4'
    }
  },
  {
    reason: 'Joiners shape letters and emoji. Characters that no one sees are taken away when the title is made of the name.',
    names: {
      [`attachment; filename="${Buffer.from('👩\u200d🚀.mp4').toString('latin1')}"`]: '👩\u200d🚀.mp4',
      [`attachment; filename="${Buffer.from('\u202efdp').toString('latin1')}.mp4"`]: '\u202efdp.mp4',
      [`attachment; filename="${Buffer.from('\u200b').toString('latin1')}x.mp4"`]: '\u200bx.mp4'
    }
  },
  {
    reason: 'A name in a header that Chromium finds broken, which falls back on the URL, says more than the URL.',
    names: {
      'attachment; filename="%E9t%E9.mp4"': '%E9t%E9.mp4', 'attachment; filename="K\xf6ln.mp4"': 'Köln.mp4', 'attachment; filename="K\x96ln.mp4"': 'K–ln.mp4', 'attachment; filename="a =?UTF-8?Q?b?=.mp4"': 'a b.mp4',
      'attachment; filename="=?x-none?Q?a?=.mp4"': '=?x-none?Q?a?=.mp4', 'attachment; filename*="UTF-8\'\'x.mp4"': 'x.mp4', 'attachment; filename*=; filename=b.mp4': 'b.mp4', 'attachment; filename*=UTF-8\'\'%E0%A4%A': '%E0%A4%A',
      'attachment; filename*=UTF-8\'\'%FF.mp4': '%FF.mp4', 'attachment; filename*=x-none\'\'a.mp4': 'a.mp4', 'attachment; filename *= UTF-8\'\'x%20y.mp4': 'x y.mp4',
      [`attachment; filename*=UTF-8''${Buffer.from('ö').toString('latin1')}.mp4`]: Buffer.from('ö').toString('latin1') + '.mp4', '"attachment"; filename=x.mp4': 'x.mp4'
    }
  },
  {
    reason: 'Chromium takes a comma for the begin of a second header, and refuses the answer.',
    names: {'attachment; filename=a,b.mp4': 'a,b.mp4', 'attachment, filename=x.mp4': null}
  },
  {
    reason: 'What stands around a quoted name, and the blanks that it ends with, are no part of it; a blank behind an encoded word is.',
    names: {
      'attachment; filename="x.mp4" trailing': 'x.mp4', 'attachment; filename=" x.mp4 "': 'x.mp4', 'attachment; filename="x.mp4 ."': 'x.mp4', 'attachment; filename="=?UTF-8?Q?a?= b.mp4"': 'a b.mp4'
    }
  },
  {reason: 'Dots alone are no name; Chromium calls it "download".', names: {'attachment; filename="..."': null}}
]

const deviating = new Map(deviations.flatMap(({names}) => Object.entries(names)))

describe(`a Content-Disposition, as Chromium ${recorded.chromium} saves it`, () => {
  it.each(recorded.names.filter(({header}) => !deviating.has(header)))('names $saved: $header', ({header, saved}) => {
    expect(dispositionName(header) ?? null).toBe(saved)
  })
})

describe.each(deviations)('a Content-Disposition, otherwise than Chromium: $reason', ({names}) => {
  it.each(Object.entries(names))('%s is %s', (header, name) => {
    expect(dispositionName(header) ?? null).toBe(name)
    expect(recorded.names.find((each) => each.header === header)?.saved).not.toBe(name)
  })
})
