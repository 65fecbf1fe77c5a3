import {startMediaSite} from './helpers/media-site.ts'
const s = await startMediaSite(); console.log(s.url('/clip.mp4')); setInterval(()=>{},1e6)
