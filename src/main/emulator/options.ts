/** How an emulator is asked to run, as an object and as a command line. */

import { parseArgs } from 'node:util'
import { VENUES } from '../../shared/market.ts'
import type { Millis, VenueId } from '../../shared/market.ts'

export interface EmulatorOptions {
  /** The same seed, start and rate give the same market. Default 1. */
  readonly seed?: number
  /** Trades a second over all venues together, 1 to 20,000. Default 60. */
  readonly rate?: number
  /** 0, the default: any free port. */
  readonly port?: number
  /** Those of them that are emulated. Default: all that are. */
  readonly venues?: readonly VenueId[]
  /** Where the venues' clocks begin. Default: now. */
  readonly start?: Millis
  /** How fast the venues' clocks run. Default 1. */
  readonly speed?: number
  /** The venues' limits on frames, connects and calls. Default true. */
  readonly limits?: boolean
  /** Trades that its own record holds before the oldest are dropped. Default 500,000. */
  readonly record?: number
  /** Other lengths for what the venues' rules say: for tests that cannot wait. */
  readonly timings?: Timings
  /** A file of recorded frames to send in place of the model's: lines of `{ venue, atOffsetMs, frame }`. */
  readonly replay?: string
  /** Needed for POST /control. Default: a random one, printed at the start. */
  readonly token?: string
}

export interface Timings {
  readonly idle?: Millis
  readonly pingEvery?: Millis
  readonly pongWithin?: Millis
  readonly lifetime?: Millis
}

interface Flag {
  readonly option: string
  readonly kind: 'number' | 'text' | 'switch'
  readonly least?: number
  readonly most?: number
}

const FLAGS: Readonly<Record<string, Flag>> = {
  seed: { option: 'seed', kind: 'number', least: 0 },
  rate: { option: 'rate', kind: 'number', least: 1, most: 20_000 },
  port: { option: 'port', kind: 'number', least: 0, most: 65_535 },
  start: { option: 'start', kind: 'number', least: 1_600_000_000_000 },
  speed: { option: 'speed', kind: 'number', least: 0.001, most: 3_600 },
  record: { option: 'record', kind: 'number', least: 1, most: 50_000_000 },
  idle: { option: 'timings.idle', kind: 'number', least: 1 },
  'ping-every': { option: 'timings.pingEvery', kind: 'number', least: 1 },
  'pong-within': { option: 'timings.pongWithin', kind: 'number', least: 1 },
  lifetime: { option: 'timings.lifetime', kind: 'number', least: 1 },
  venues: { option: 'venues', kind: 'text' },
  replay: { option: 'replay', kind: 'text' },
  token: { option: 'token', kind: 'text' },
  'no-limits': { option: 'limits', kind: 'switch' },
}

/** Reads a command line. Throws one sentence that names the flag and what it takes. */
export function parseOptions(line: readonly string[]): EmulatorOptions {
  const { values } = parseArgs({
    args: [...line],
    options: Object.fromEntries(
      Object.entries(FLAGS).map(([name, { kind }]) => [
        name,
        { type: kind === 'switch' ? 'boolean' : 'string' } as const,
      ]),
    ),
  })
  const options: Record<string, unknown> = {}
  const timings: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(values)) {
    const flag = FLAGS[name]
    if (flag === undefined || given === undefined) continue
    const value = flag.kind === 'number' ? toNumber(name, flag, String(given)) : given
    if (flag.option.startsWith('timings.')) timings[flag.option.slice(8)] = value
    else if (flag.option === 'limits') options['limits'] = false
    else if (flag.option === 'venues') options['venues'] = String(given).split(',').map(toVenue)
    else options[flag.option] = value
  }
  return { ...options, ...(Object.keys(timings).length > 0 && { timings }) }
}

/** The command line that says the same. The token is left out: others can read command lines. */
export function toCommandLine(options: EmulatorOptions): readonly string[] {
  const { timings, venues, limits, token: _secret, ...plain } = options
  const flat: Readonly<Record<string, string | number | undefined>> = {
    ...plain,
    ...Object.fromEntries(Object.entries(timings ?? {}).map(([name, value]) => [`timings.${name}`, value])),
    venues: venues?.join(','),
  }
  return Object.entries(FLAGS).flatMap(([name, { option, kind }]) => {
    if (kind === 'switch') return limits === false ? [`--${name}`] : []
    const value = flat[option]
    return value === undefined || value === '' ? [] : [`--${name}=${value}`]
  })
}

function toNumber(
  name: string,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Flag,
  text: string,
): number {
  const value = Number(text)
  if (text !== '' && value >= least && value <= most) return value
  const upper = most === Number.POSITIVE_INFINITY ? 'or more' : `to ${most}`
  throw new Error(`--${name} takes a number, ${least} ${upper}, not '${text}'.`)
}

function toVenue(text: string): VenueId {
  const venue = VENUES.find((known) => known === text)
  if (venue === undefined)
    throw new Error(`--venues takes venue ids separated by commas (${VENUES.join(', ')}), not '${text}'.`)
  return venue
}
