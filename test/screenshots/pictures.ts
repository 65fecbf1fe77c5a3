import type {Browser} from 'playwright-core'

interface Scene {
  readonly sky: readonly [top: string, bottom: string]
  readonly sun: {readonly color: string, readonly x: number, readonly y: number, readonly radius: number}
  /** From far to near. */
  readonly hills: readonly string[]
  readonly roughness: number
}

/** What the pages of the demo site show. */
export const scenes = {
  harbour: {sky: ['#2b2d5b', '#f08a5d'], sun: {color: '#ffd9a0', x: 430, y: 222, radius: 34}, hills: ['#8b4a62', '#5a3557', '#2c2142'], roughness: 18},
  fog: {sky: ['#a8c0d6', '#f3ede2'], sun: {color: '#fff8e7', x: 180, y: 110, radius: 26}, hills: ['#b9c7cf', '#8fa3ae', '#647c88', '#3f5660'], roughness: 46},
  aurora: {sky: ['#07122b', '#1f6f6b'], sun: {color: '#e6fff4', x: 520, y: 70, radius: 16}, hills: ['#1a4a55', '#10303c', '#081a22'], roughness: 60},
  desert: {sky: ['#4a90c2', '#f9e3b4'], sun: {color: '#fffbe8', x: 330, y: 96, radius: 30}, hills: ['#dba763', '#c2803f', '#8f5527'], roughness: 26},
  night: {sky: ['#0b1030', '#43306b'], sun: {color: '#f4f0ff', x: 130, y: 78, radius: 22}, hills: ['#33275c', '#221a43', '#130f2a'], roughness: 34}
} satisfies Record<string, Scene>

export type SceneName = keyof typeof scenes

const [width, height] = [640, 360]

/** A ridge from one side to the other, the same at each run. */
const ridge = (index: number, count: number, roughness: number): string => {
  const base = height * (0.56 + 0.36 * index / count)
  const wave = (x: number): number => Math.sin(x / 97 + index * 2.1) * 0.6 + Math.sin(x / 41 + index * 4.7) * 0.3 + Math.sin(x / 17 + index) * 0.08
  const y = (x: number): number => base + roughness * wave(x)
  const points = Array.from({length: width / 8 + 1}, (_, step) => `${step * 8},${y(step * 8).toFixed(1)}`)
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`
}

const svgOf = ({sky: [top, bottom], sun, hills, roughness}: Scene): string => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="0.75" stop-color="${bottom}"/></linearGradient></defs>
  <rect width="100%" height="100%" fill="url(#sky)"/>
  <circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius * 2.4}" fill="${sun.color}" opacity="0.18"/><circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius}" fill="${sun.color}"/>
  ${hills.map((color, index) => `<path d="${ridge(index, hills.length, roughness)}" fill="${color}"/>`).join('')}</svg>`

/** Every scene as a JPEG. */
export const drawPictures = async (browser: Browser): Promise<ReadonlyMap<string, Buffer>> => {
  const page = await browser.newPage({viewport: {width, height}})
  const pictures = new Map<string, Buffer>()
  for (const [name, scene] of Object.entries(scenes)) {
    await page.setContent(`<body style="margin:0">${svgOf(scene)}</body>`)
    pictures.set(name, await page.screenshot({type: 'jpeg', quality: 82}))
  }
  await page.close()
  return pictures
}
