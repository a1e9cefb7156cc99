import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { VenueId } from '../../../shared/market.ts'
import { seedNumber, tradeRate, venueList } from '../headless/arguments.ts'

/** What the desktop app's command line may say. */
export interface DesktopOptions {
  /** Data folder in place of the default one. */
  readonly folder?: string
  readonly mode: 'auto' | 'live' | 'demo'
  /** Started by the system at login: no window, only the tray. */
  readonly hidden: boolean
  readonly market: { readonly only?: readonly VenueId[]; readonly rate?: number; readonly seed?: number }
  /** Links and files to open: what is no option. */
  readonly opens: readonly string[]
}

const OPTIONS = {
  demo: { type: 'boolean' },
  live: { type: 'boolean' },
  hidden: { type: 'boolean' },
  data: { type: 'string' },
  exchanges: { type: 'string' },
  rate: { type: 'string' },
  seed: { type: 'string' },
} as const

/**
 * Reads a command line that Chromium reads too: switches that are not ours are passed over. Throws one sentence where a
 * value of ours is not valid.
 */
export function parseDesktopOptions(args: readonly string[]): DesktopOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
  })
  const text = (name: 'data' | 'exchanges' | 'rate' | 'seed') => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const [folder, exchanges, rate, seed] = [text('data'), text('exchanges'), text('rate'), text('seed')]
  return {
    ...(folder === undefined ? {} : { folder: resolve(folder) }),
    mode: values.demo ? 'demo' : values.live ? 'live' : 'auto',
    hidden: values.hidden === true,
    market: {
      ...(exchanges === undefined ? {} : { only: venueList(exchanges) }),
      ...(rate === undefined ? {} : { rate: tradeRate(rate) }),
      ...(seed === undefined ? {} : { seed: seedNumber(seed) }),
    },
    opens: positionals,
  }
}
