/** The chart's colours, read once per theme from the design tokens. */

export interface ChartTheme {
  readonly background: string
  readonly text: string
  readonly font: string
  readonly line: string
  readonly grid: string
  readonly crosshair: string
  readonly label: string
  readonly up: string
  readonly upSolid: string
  readonly upMid: string
  readonly down: string
  readonly downSolid: string
  readonly downMid: string
  readonly onPrice: string
  readonly neutral: string
  readonly bad: string
  readonly fill: string
  readonly fillSoft: string
  readonly live: string
  readonly accent: string
  /** Of lines that are told apart. */
  readonly series: readonly string[]
}

const TOKENS: Readonly<Record<Exclude<keyof ChartTheme, 'series'>, string>> = {
  background: '--bg-panel',
  text: '--axis-text',
  font: '--font-ui',
  line: '--line',
  grid: '--grid',
  crosshair: '--crosshair',
  label: '--bg-press',
  up: '--up',
  upSolid: '--up-solid',
  upMid: '--up-mid',
  down: '--down',
  downSolid: '--down-solid',
  downMid: '--down-mid',
  onPrice: '--on-price',
  neutral: '--text-3',
  bad: '--bad',
  fill: '--fill',
  fillSoft: '--fill-soft',
  live: '--live',
  accent: '--accent',
}
const SERIES = [1, 2, 3, 4, 5, 6].map((index) => `--series-${index}`)

export function readTheme(root: HTMLElement = document.documentElement): ChartTheme {
  const style = getComputedStyle(root)
  const read = (token: string) => style.getPropertyValue(token).trim()
  const entries = Object.entries(TOKENS).map(([role, token]) => [role, read(token)])
  return { ...(Object.fromEntries(entries) as Record<keyof typeof TOKENS, string>), series: SERIES.map(read) }
}

/** Calls back when the theme, the contrast or the colours of up and down change. Returns what leaves. */
export function onThemeChange(listener: () => void, root: HTMLElement = document.documentElement): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme', 'data-up', 'data-contrast'] })
  return () => observer.disconnect()
}
