import type {ErrorName} from '../../../util/errors'

/**
 * What yt-dlp's messages mean: the first row that fits. Order matters: who asks for a login while saying "unavailable" wants a login, and
 * a premiere is no removed video. `test/data/yt-dlp-messages.json` holds real messages with their origin.
 */
export const messages: ReadonlyArray<readonly [pattern: RegExp, name: ErrorName, what: string]> = [
  // Our own house first: these come from the program, not from the site.
  [/ffmpeg(?: is)? not (?:installed|found)|ffmpeg could not be found|ffprobe (?:and ffmpeg )?not found/i, 'YtDlpNotFoundError', 'the program ffmpeg is missing beside it; install it on PATH'],
  [/no space left on device|Errno 28/i, 'FileTooLargeError', 'the disk is full; the operator sets its size, transfer_storage_mb'],
  [/larger than max-filesize|file is too large|exceeds (?:the )?(?:maximum|size limit)/i, 'FileTooLargeError', 'the media is too large'],

  // Before its time.
  [/premieres? (?:in|will)|premiere will begin|(?:live event|livestream|live stream|stream|event|show|broadcast|video|program(?:me)?) (?:will (?:begin|start)|(?:has|have) not (?:yet )?(?:started|begun)|(?:is )?(?:not yet|yet to be) (?:started|begun|available|released|published|aired))|(?:has|have)n.t (?:started|begun|aired) yet|has not (?:started|begun|aired|been (?:published|released|broadcast))(?: yet)?|not (?:yet )?(?:started|aired)(?: yet)?\b|(?:is )?(?:upcoming|scheduled (?:for|to start))|(?:will be|becomes?) available (?:on|in|from|at)\b|not available yet|available later|coming soon|come back later|offline until|waiting for (?:the )?(?:stream|live)|is being processed|still (?:being )?process|is currently live.*not supported|live event has ended.*processing|stream .{0,30}is processing/i, 'NotYetAvailableError', 'it is not available yet'],

  // Too fast, or from the wrong network.
  [/HTTP Error 429|too many requests|rate.?limit(?!\w* reached or login)|rate-limited|try again later|content isn.t available, try again|requests? limit|exceeded .{0,30}(?:limit|quota)|slow ?down|temporarily (?:blocked|banned)/i, 'RateLimitedError', 'the site wants fewer requests'],
  [/confirm (?:that )?you.re not a (?:ro)?bot|not a robot|captcha/i, 'NeedsCookiesError', 'the site takes us for a robot; it wants cookies of a signed-in browser'],

  // Elsewhere, or not here.
  [/geo.?(?:restrict|block|fenc)|(?:not (?:made )?(?:this .{0,20})?(?:available|accessible|playable|allowed|licensed)|unavailable|blocked|restricted|forbidden|cannot be (?:viewed|played)|prohibited) (?:from|in|to|for|outside)(?: of)? (?:your|this|the (?:us|uk|usa)|certain|some|current|other)?.{0,20}(?:countr|region|location|territor|area|place)|(?:in|from|for|outside) your (?:current )?(?:countr|region|location|territor|geo|area)|blocked .{0,60}countr|video is available in|only (?:be )?(?:available|accessible|viewed|watched|playable)? ?(?:to|in|from|within|for).{0,40}(?:countr|region|japan|korea|france|germany|switzerland|taiwan|canada|australia|sweden|norway|denmark|u\.?s\.?a?\b|u\.?k\.?\b|united (?:states|kingdom)|viewers|europe)|(?:available|accessible) in .{2,30} only|outside of (?:the )?(?:u\.?s|u\.?k|japan|france|germany)|due to (?:geo|region|territorial|licens)|licen[cs]e restriction|HTTP Error 451|vpn|proxy (?:detected|or vpn)|not in your (?:region|country)|allowed countries/i, 'GeoBlockedError', 'the site does not show it in the country that we ask from'],

  // Taken down, whoever asks.
  [/account (?:associated with this video )?has been terminated|(?:has been|was|is|been) (?:removed|deleted|taken down|withdrawn|blocked on copyright)|no longer (?:available|exists?|online)|(?:removed|deleted) by|copyright|(?:does not|doesn.t) (?:seem to )?exist|HTTP Error 4(?:04|10)|has expired|(?:has|is) (?:been )?expired|\bexpired\b|account is (?:private|suspended|closed)|user (?:has been )?(?:suspended|banned)|suspended|violat(?:ed|ing|ion)|has been (?:banned|censored|hidden|made private|disabled)/i, 'MediaUnavailableError', 'it was taken down or has expired'],

  // Behind a door.
  [/private (?:video|track|account|content|playlist|clip|show|broadcast|status)|is private|video is (?:set to )?private|friends? only/i, 'NeedsCookiesError', 'it is private; cookies of an account that may see it are needed'],
  [/sign.?in|log.?(?:ged.?)?.?in\b|login|registered users|--cookies|--username|authenticat|account (?:credentials|details|is (?:needed|required))|requires? (?:an? )?(?:account|authori[sz]ation)|age.?(?:restrict|gate|verif|confirm)|confirm your age|inappropriate for some users|sensitive|nsfw|adult|mature|password|join this channel|members?.?only|only (?:available )?(?:to|for) .{0,40}(?:members?|subscri|users|patrons|supporters|fans|premium)|premium|subscri(?:be|ber|ption)|paid|purchas|pay(?:ment|ing)? (?:required|to)|requires? payment|buy|rent(?:al|ed)?\b|ppv|vip|not authori[sz]ed|unauthori[sz]ed|entitle|HTTP Error 40[12]|no permission|permission/i, 'NeedsCookiesError', 'the site shows it only to those who signed in or paid'],

  // Never.
  [/\bdrm\b|widevine|fairplay|playready|encrypted media/i, 'UnsupportedSourceError', 'it is protected against copying (DRM)'],
  [/HTTP Error 403|access (?:is )?denied|forbidden|cloudflare|blocked|not allowed|playback on other websites has been disabled|embed(?:ding)? .{0,20}disabled/i, 'SourceForbiddenError', 'the site refuses us'],
  [/(?:is )?(?:currently |now )?(?:offline|not (?:currently )?live|not (?:broadcasting|streaming|on ?air))\b|(?:stream|broadcast|channel|user|model|streamer|room) (?:is|has) (?:been )?(?:ended|finished|over)|has (?:already )?(?:ended|finished)/i, 'MediaUnavailableError', 'there is no broadcast'],
  [/unavailable|not available|isn.t available|not found|no (?:longer )?(?:video|audio|media|episode|clip|streams?|formats?|sources?|playable|such)\b.{0,40}(?:found|available|exists?|here|could be found)?|does not have|there.s no|(?:couldn|could) ?(?:n.t|not) (?:find|be found)|nothing (?:here|found)|invalid (?:video|url|id)|not exist|unable to find/i, 'MediaUnavailableError', 'there is no such media, or not any more'],
  [/unsupported url|no suitable (?:extractor|infoextractor)|is not a valid url|unsupported (?:url scheme|protocol)|unable to handle request|requested format is not available|only .{0,20}extraction is supported|not supported|unsupported|incomplete .{0,20}id/i, 'UnsupportedSourceError', 'there is nothing in it that can be downloaded'],

  // Passing trouble.
  [/name or service not known|nodename nor servname|no address associated|failed to resolve|getaddrinfo/i, 'UnknownHostError', 'there is no such host'],
  [/temporary failure in name resolution/i, 'TransientSourceError', 'its name could not be looked up just now'],
  [/HTTP Error (?:408|425|5\d\d)|timed? ?out|timeout|connection (?:reset|refused|aborted|broken)|remote end closed|broken pipe|network is unreachable|no route to host|incomplete ?read|bytes read|did not get any data|content too short|urlopen error|transport ?error|unable to connect|eof occurred|ssl|tls|temporar|server error|internal error|fragment .{0,40}(?:not found|unable)|giving up after|unable to continue/i, 'TransientSourceError', 'the connection to the site failed'],
  [/certificate/i, 'UnsupportedSourceError', 'the site\'s TLS certificate does not verify'],

  // The program does not know the site's pages any more.
  [/unable to (?:extract|download|parse|decode|recogni[sz]e|decrypt|get|obtain|fetch|load|identify|retrieve)|failed to (?:extract|parse|get|download|decode|decrypt)|please report this issue|postprocess|conversion failed|error opening|invalid data found/i, 'UnsupportedSourceError', 'it cannot read the site\'s pages; a newer yt-dlp may']
]
