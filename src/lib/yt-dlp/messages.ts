import type {ErrorName} from '../../util/errors'

/** What messages that fit one of the patterns mean. */
export interface MessageRule {
  readonly name: ErrorName
  /** For the user: the end of a sentence. */
  readonly what: string
  readonly patterns: readonly RegExp[]
  /** yt-dlp itself failed, not the site: one more look may do. */
  readonly isOwn?: true
}

/**
 * What yt-dlp's messages mean: the first rule that fits. Order matters: who asks for a login while saying "unavailable" wants a login, and
 * a premiere is no removed video. `src/lib/yt-dlp/test/data/yt-dlp-messages.json` holds real messages, each with its origin.
 */
export const messageRules: readonly MessageRule[] = [
  // The program and its surroundings, not the site.
  {name: 'YtDlpNotFoundError',
    what: 'the program ffmpeg is missing beside yt-dlp', patterns: [/ff(?:mpeg|probe).{0,30}not (?:installed|found)/i]},
  {name: 'FileTooLargeError',
    what: 'it is too large for the limit or the disk', patterns: [/no space left on device/i, /larger than max-filesize/i]},
  {name: 'TransientSourceError', what: 'the connection to the site failed',
    patterns: [/tunnel connection failed|(?:unable|cannot) (?:to )?connect to proxy|HTTP Error (?:408|425|5\d\d)/i]},

  {
    name: 'UnsupportedSourceError', what: 'yt-dlp itself failed on this page; a newer version may read it', isOwn: true, patterns: [
      /an extractor error has occurred/i, /^(?:[\w.]*\.)?[A-Z]\w*(?:Error|Exception)(?:: |$)(?!.*HTTP Error)/, /^write to closed file/
    ]
  },

  // Not yet.
  {
    name: 'NotYetAvailableError', what: 'it is not there yet', patterns: [
      /\bpremieres? (?:in|on|at|will)\b/i,
      /\bwill (?:begin|start|premiere|air|be (?:available|live|released))\b/i,
      /\bnot (?:yet )?(?:started|begun|aired|released|premiered)\b|n't (?:started|begun|aired)\b/i,
      /before the (?:broadcast|stream|show|event) (?:starts|begins)/i,
      /live event has ended|ended but not downloadable yet/i,
      /\bnot available yet|\bnot yet available|only available after \d|available (?:on|from|after) \d/i,
      /\b(?:is|still|be|being|for|or) (?:uploading|process(?:ing|ed))\b/i
    ]
  },

  // Too often.
  {
    name: 'RateLimitedError', what: 'the site wants fewer requests', patterns: [
      /HTTP Error 429|too many requests/i,
      /rate-?limited|(?:rate|play|request|download)s? (?:limit )?(?:rate )?reached(?! or login)|limit for this/i,
      /content isn.t available, try again later|^please try again later|blocked by server \(4\d\d\)|wait and try later|considered yt-dlp requests automated/i
    ]
  },

  // Elsewhere.
  {
    name: 'GeoBlockedError', what: 'the site does not show it in the country that we ask from', patterns: [
      /geo.?(?:restrict|block|fenc)|HTTP Error 451/i,
      /\b(?:your|this|certain|some) (?:current )?(?:country|region|location|territory)/i,
      /\b(?:available|playable|viewable) (?:only )?in (?:[A-Z][\w.]+ ?){1,3}(?:only)?$|only available (?:in|from|within) [A-Z]/,
      /outside (?:of )?(?:the )?[A-Z]\w+|due to licensing|by decision of the \w+ government/
    ]
  },

  {name: 'UnsupportedSourceError', what: 'it is protected against copying (DRM)', patterns: [/\bdrm\b/i]},

  // Behind a door.
  {
    name: 'NeedsCookiesError',
    what: 'the site shows it only to those who sign in, subscribe or pay; cookies of such an account are needed', patterns: [
      /not a (?:ro)?bot|captcha/i,
      /\bprivate\b/i,
      /sign(?:ing)? in|sign-in|log(?:ged)?[ -]?in\b|login|\bcookies?\b|--username|registered users|authenticat(?:ion|ed)/i,
      /(?:account|credentials) (?:is|are|needed|required)|account does not have access|do not have (?:access|permission)|log into an account/i,
      /(?:not |un)authori[sz]ed|authori[sz]ation (?:lost|failed|required)|tokens? (?:has|have) been (?:invalidated|revoked)/i,
      /password|passcode|age.?(?:restrict|gate|verif|confirm)|your age|older than \d|\bnsfw\b|inappropriate for some users/i,
      /member|premium|subscri(?:be|ber|ption)|\bpaid\b|payment|purchase|participating TV providers|service provider/i,
      /\b(?:is|contents) locked\b/i
    ]
  },

  // Gone.
  {name: 'MediaUnavailableError', what: 'a piece of it is missing at its source', patterns: [/^Got error: HTTP Error 4(?:04|10)\b/]},
  {
    name: 'MediaUnavailableError', what: 'it was taken down, has expired, or was never there', patterns: [
      /terminated|(?:has been|have been|was|were) (?:removed|deleted|taken down|offline)|(?:removed|deleted) by/i,
      /no longer (?:available|exists?)|expired|copyright|HTTP Error 4(?:04|10)\b|does not exist|is blocked$/i,
      /\b(?:is|are|has|have|now|currently)(?: \w+)? (?:offline|ended|finished)\b|\bnot (?:currently )?live\b|(?:archive|live) is available/i
    ]
  },

  // Never.
  {
    name: 'SourceForbiddenError', what: 'the site refuses us', patterns: [
      /HTTP Error 40[13]|forbidden|access denied|restricted/i,
      /blocked from|been blocked|rejected by|IP address is|stream can.t be accessed|inaccessible|\breferr?er\b/i,
      /disabled by the video owner|embed-only/i
    ]
  },
  {
    name: 'UnsupportedSourceError', what: 'there is nothing in it that can be downloaded; or yt-dlp is too old for this site', patterns: [
      /certificate verify failed|hostname mismatch/i,
      /unsupported url|not available on this app|requested format is not available|is not a (?:valid url|video|media file)|not a (?:video|media file)/i
    ]
  },
  {
    name: 'MediaUnavailableError', what: 'there is no such media, or not any more', patterns: [
      /unavailable|not available|isn.t available|not archived(?!.*try again)|(?:content|item|page|space|video|track|clip|song|channel) (?:was )?not found/i,
      /\bvideo (?:data|info|information|content) (?:was )?not found|can't find any\b/i,
      /^no (?:\w+ )?(?:videos?|audio|media|streams?|formats?|sources?|tracks?|episodes?|info|downloads|podcast|uploads)\b|\bno (?:such|media|videos?|streams?|uploads)\b/i,
      /(?:does not|doesn't|do not) (?:have|contain) (?:an?|any|video|audio)\b|there(?:'s| is| are) no\b|maybe this livestream is now offline/i
    ]
  },

  // It may pass.
  {name: 'UnknownHostError',
    what: 'there is no such host', patterns: [/name or service not known|nodename nor servname|no address associated/i]},
  {
    name: 'TransientSourceError', what: 'the connection to the site failed', patterns: [
      /timed out|timeout|connection (?:reset|refused|aborted|broken)|remote end closed|broken pipe|unreachable|no route to host/i,
      /incomplete (?:\w+ )*data\b|incomplete ?read|disconnected|bytes read|did not get any data|content too short|downloaded file is empty|urlopen error|eof occurred|\bssl\b/i,
      /network error|server-side|try again|temporar|giving up after|unable to continue/i
    ]
  },
  {
    name: 'UnsupportedSourceError', what: 'yt-dlp cannot read the site\'s pages; a newer version may', patterns: [
      /unable to|unexpected|failed to|could ?n[o']t|cannot|can't|postprocess|conversion failed|invalid data found/i
    ]
  }
]
