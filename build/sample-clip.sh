#!/usr/bin/env bash
# Makes local/cli/demo/harbour.mp4, the clip of `npm run demo`, from nothing but ffmpeg's own test sources: an evening sky, a sea,
# a lighthouse that blinks, a ship that passes and blows its horn. Another version of ffmpeg makes other bytes, so the clip is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

horizon='160'
ship='between(Y,146,158)*between(X,40*T-30,40*T+50) + between(Y,132,146)*between(X,40*T+20,40*T+38)'
tower='between(Y,70,175)*between(X,396-(Y-70)/18,408+(Y-70)/18)'
lamp='lt(hypot(X-402,Y-64),9)*lt(mod(T,2),0.7)'
beam='between(X,402,480)*lt(abs(Y-64),(X-402)/5)*lt(mod(T,2),0.7)*0.35'
wave='sin(X/7+T*4+Y/2)*sin(Y*Y/300-T*3)'
dark="gt(($ship)+($tower),0)"

channel() { # sky at the top, sky at the horizon, sea, height of a wave, lamp
  printf "if(gt(%s,0), %s, if(%s, 24, if(lt(Y,%s), %s+(%s-%s)*Y/%s, %s+%s*%s) + (%s)*90))" \
    "$lamp" "$5" "$dark" "$horizon" "$1" "$2" "$1" "$horizon" "$3" "$4" "$wave" "$beam"
}

ffmpeg -hide_banner -loglevel error -y \
  -f lavfi -i 'color=c=black:size=480x270:rate=24:duration=8' \
  -f lavfi -i 'sine=frequency=110:sample_rate=44100:duration=8' \
  -filter_complex "
    [0:v]format=gbrp,geq=r='$(channel 40 236 38 10 255)':g='$(channel 48 138 58 14 240)':b='$(channel 92 96 88 18 170)',format=yuv420p[video];
    [1:a]volume='if(between(t,1,2.6)+between(t,4,6.5),0.5,0.02)':eval=frame,afade=t=out:st=7:d=1[audio]" \
  -map '[video]' -map '[audio]' \
  -c:v libx264 -preset veryslow -crf 20 -profile:v main -threads 1 -c:a aac -b:a 48k -ac 1 \
  -metadata title='Harbour at dusk' -metadata artist='MediaDownloader' \
  -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -movflags +faststart \
  local/cli/demo/harbour.mp4
