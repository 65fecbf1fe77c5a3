const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

/** Values of `Content-Disposition` as servers send them and as they should not; each character is a byte. */
export const headers: readonly string[] = [
  // As the RFCs have it.
  'attachment', 'inline', 'attachment; filename=harbour.mp4', 'attachment; filename="The harbour.mp4"', 'inline; filename="The harbour.mp4"', 'attachment; filename="a.mp4"; size=3',
  'attachment; filename="x.mp4"; filename*=UTF-8\'\'Hafen%20K%C3%B6ln.mp4', 'attachment; filename*=UTF-8\'\'Hafen%20K%C3%B6ln.mp4; filename="x.mp4"', 'attachment; filename*=UTF-8\'en\'100%2525.mp4',
  'attachment; filename*=iso-8859-1\'\'K%F6ln.mp4', 'attachment; FileName="x.mp4"', 'ATTACHMENT; FILENAME="x.mp4"', 'attachment ; filename = "x y.mp4"', 'attachment;filename=a.mp4',
  // Tokens with what no token has.
  'attachment; filename=My Video.mp4', 'attachment; filename=My Video.mp4 ; size=3', 'attachment; filename=My\tVideo.mp4', 'attachment; filename=a,b.mp4', 'attachment; filename=a(b).mp4', 'attachment; filename=[a] b@c.mp4',
  'attachment; filename=a=b.mp4', 'attachment; filename=a"b.mp4', 'attachment; filename=Caf%C3%A9.mp4', 'attachment; filename=a\\b.mp4',
  // Quotes.
  'attachment; filename="a;b.mp4"; x=1', 'attachment; filename="a \\"b\\".mp4"', 'attachment; filename="a\\\\b.mp4"', 'attachment; filename="a\\b.mp4"', 'attachment; filename="never closed.mp4', 'attachment; filename="never closed; size=3.mp4',
  'attachment; filename="x.mp4" trailing', 'attachment; filename=\'single.mp4\'', 'attachment; filename=""', 'attachment; filename=', 'attachment; filename=" "', 'attachment; filename=" x.mp4 "', 'attachment; filename="a  b.mp4"',
  // Percent signs.
  'attachment; filename="Caf%C3%A9.mp4"', 'attachment; filename="100%.mp4"', 'attachment; filename="%E9t%E9.mp4"', 'attachment; filename="a%20b.mp4"', 'attachment; filename="a%2Fb.mp4"', 'attachment; filename="a%00b.mp4"',
  `attachment; filename="${utf8('é')}%20.mp4"`, 'attachment; filename="%41%zz.mp4"',
  // Bytes beyond ASCII.
  `attachment; filename="${utf8('Köln.mp4')}"`, `attachment; filename=${utf8('日本.mp4')}`, 'attachment; filename="K\xf6ln.mp4"', 'attachment; filename="K\x96ln.mp4"', `attachment; filename="${utf8('👩‍🚀.mp4')}"`,
  // RFC 2047.
  'attachment; filename="=?UTF-8?B?UMWZw61zdGF2Lm1wNA==?="', 'attachment; filename="=?iso-8859-1?Q?K=F6ln_am?= =?utf-8?q?_Rhein.mp4?="', 'attachment; filename="=?UTF-8?Q?a?= b.mp4"', 'attachment; filename="a =?UTF-8?Q?b?=.mp4"',
  'attachment; filename="=?x-none?Q?a?=.mp4"', 'attachment; filename==?UTF-8?Q?a.mp4?=', 'attachment; filename="=?UTF-8?Q?a%20b.mp4?="',
  // Extended values.
  'attachment; filename*="UTF-8\'\'x.mp4"', 'attachment; filename*=UTF-8\'\'', 'attachment; filename*=UTF-8\'\'; filename=b.mp4', 'attachment; filename*=; filename=b.mp4', 'attachment; filename*=UTF-8\'\'%E0%A4%A', 'attachment; filename*=UTF-8\'\'%FF.mp4',
  'attachment; filename*=UTF-8\'\'%FF.mp4; filename=b.mp4', 'attachment; filename*=x-none\'\'a.mp4', 'attachment; filename*=x-none\'\'a.mp4; filename=b.mp4', 'attachment; filename*=windows-1251\'\'%CF%F0.mp4', 'attachment; filename*=plain.mp4',
  'attachment; filename*=UTF-8\'plain.mp4', 'attachment; filename *= UTF-8\'\'x%20y.mp4', 'attachment; filename*=UTF-8\'\'a b.mp4', `attachment; filename*=UTF-8''${utf8('ö')}.mp4`, 'attachment; filename*=UTF-8\'\'a%2Fb.mp4',
  'attachment; filename*=utf-8\'\'%e2%80%9ca%e2%80%9d.mp4', 'attachment; filename*=UTF-8\'\'a.mp4; filename*=UTF-8\'\'b.mp4',
  // Parameters that repeat, continue or are others.
  'attachment; filename=a.mp4; filename=b.mp4', 'attachment; filename="a.mp4"; filename="b.mp4"', 'attachment; filename*0="a"; filename*1="b.mp4"', 'attachment; name="n.mp4"', 'attachment; xfilename="no.mp4"', 'attachment; x="filename=no.mp4"',
  'attachment; x="a;filename=no.mp4"; filename=b.mp4',
  // Without a disposition, or with an odd one.
  'filename=bare.mp4', 'filename="bare.mp4"', '; filename=bare.mp4', '"attachment"; filename=x.mp4', 'attachment filename=x.mp4', 'attachment, filename=x.mp4', 'form-data; name="f"; filename="x.mp4"', 'foo; filename=x.mp4', '',
  'attachment;; filename=x.mp4', 'attachment; ; filename=x.mp4', 'attachment; filename=x.mp4;', 'attachment; filename:x.mp4', 'attachment; filename x.mp4',
  // What no file may be called.
  'attachment; filename="../../etc/passwd"', 'attachment; filename="C:\\\\media\\\\a.mp4"', 'attachment; filename="dir/sub/x.mp4"', 'attachment; filename="a/"', 'attachment; filename=".mp4"', 'attachment; filename="..."', 'attachment; filename="x.mp4."', 'attachment; filename="x.mp4 ."',
  'attachment; filename="CON.mp4"', 'attachment; filename="a:b?c*d|e<f>.mp4"', 'attachment; filename="~x.mp4"', `attachment; filename="${utf8('\u202efdp')}.mp4"`, `attachment; filename="${utf8('\u200b')}x.mp4"`, 'attachment; filename="no extension"'
]
