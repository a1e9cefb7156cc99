/** What the fake engine says of itself: nine venues that do well or not so well, one that is silent. */

import type { Health, LogLine, MalformedSample, Mode } from '../src/shared/engine-view.ts'
import type { Millis, VenueId } from '../src/shared/market.ts'
import { VENUES } from '../src/shared/market.ts'
import type { Settings } from '../src/shared/settings.ts'
import { noise } from './fake-market.ts'

const FIGURES: Readonly<Partial<Record<VenueId, readonly [number, number, number, number]>>> = {
  upbit: [812, 34, 88, 0.38],
  bithumb: [366, 41, 120, 0.22],
  coinone: [44, 66, 210, 0.18],
  binance: [1604, 96, 184, 0.31],
  okx: [742, 71, 142, 0.12],
  bybit: [651, 78, 150, 0.09],
  gateio: [12, 812, 1904, 0.84],
  kraken: [148, 138, 260, 0.15],
  coinbase: [471, 124, 231, 0.2],
}

export function healthAt(now: Millis, startedAt: Millis, mode: Mode, settings: Settings): Health {
  return {
    at: now,
    mode,
    venues: VENUES.map((venue, index) => {
      const figures = FIGURES[venue]
      const off = settings.venues[venue] === false
      const silent = venue === 'korbit'
      return {
        venue,
        state: off ? 'off' : silent ? 'silent' : venue === 'gateio' ? 'polled' : 'live',
        since: startedAt + index * 1_000,
        ...(silent ? { fault: { code: 'socket-dead', message: 'Korbit: open but silent for 14 s.' } as const } : {}),
        attempt: silent ? 3 : 0,
        ...(silent ? { nextAttemptAt: now + 3_000 } : {}),
        lastDataAt: now - (silent ? 14_000 : venue === 'gateio' ? 3_100 : 240),
        messages: (figures?.[0] ?? 0) * 3_600,
        trades: (figures?.[0] ?? 0) * 400,
        messagesPerSecond: figures?.[0] ?? 0,
        tradesPerSecond: (figures?.[0] ?? 0) / 9,
        ...(figures ? { delay: { p50: figures[1], p99: figures[2] } } : {}),
        skew: [4, -6, 12, 9, 2, -3, 5, 31, -11, 7][index] ?? 0,
        reconnects: silent ? 3 : venue === 'gateio' ? 6 : 0,
        gaps: venue === 'gateio' ? 2 : silent ? 1 : 0,
        malformed: venue === 'gateio' ? { 'unknown-shape': 8, 'not-json': 6 } : {},
        markets: off ? 0 : 5,
        troubled: silent
          ? [
              {
                instrument: 'korbit:XRP/KRW',
                fault: { code: 'market-silent', message: 'No trade for 11 s, 3 times its rhythm.' },
                since: now - 11_000,
              },
            ]
          : [],
        budget: figures?.[3] ?? 0.41,
        limits: [
          { of: 'calls', group: 'trade', used: Math.round((figures?.[3] ?? 0.41) * 600), count: 600, per: 60_000 },
          { of: 'calls', group: 'candle', used: 12, count: 600, per: 60_000, ...(silent ? { heldFor: 24_000 } : {}) },
          { of: 'connects', used: silent ? 3 : 1, count: 5, per: 1_000 },
          { of: 'frames', used: 2, count: 100, per: 60_000 },
        ],
        endpoint: `stream.${venue}.example`,
      }
    }),
    clock: { offset: -5, sources: 9 },
    engine: {
      startedAt,
      rss: 212_000_000,
      messagesPerSecond: 4_984 + Math.round(noise(now) * 60),
      tradesPerSecond: 612,
      delay: { p50: 38, p99: 121 },
      stall: 4,
    },
    journal: { bytes: 1_900_000_000, records: 41_000_000, pending: 3, dropped: 0 },
    store: { bytes: 41_600_000_000, trades: 61_000_000, behind: 12 },
    gapsToday: 3,
    faults: [],
    instrumentsRevision: 1,
  }
}

/** The last frames of a venue that could not be understood. */
export function samplesOf(venue: VenueId, now: Millis): readonly MalformedSample[] {
  return Array.from({ length: 14 }, (_, index) => ({
    at: now - index * 61_000,
    rule: index % 2 ? 'not-json' : 'unknown-shape',
    message: index % 2 ? 'Not JSON.' : 'Field "channel" is not known: spot.trades_v5',
    frame: `{"time":1795411928,"channel":"spot.trades_v5","event":"update","venue":"${venue}","result":{"id":"30921${index}","price":"68412.3"}}`,
  }))
}

const LEVELS: Readonly<Record<number, LogLine['level']>> = { 4: 'warn', 11: 'error' }
const TEXTS: Readonly<Record<LogLine['level'], string>> = {
  info: 'subscribed to 5 markets',
  warn: 'no data for 11 s, 3 times its rhythm',
  error: 'closed by the exchange (1006)',
}

/** The last lines of the log, oldest first. */
export function linesUpTo(now: Millis): readonly LogLine[] {
  return Array.from({ length: 40 }, (_, index): LogLine => {
    const level = LEVELS[index % 17] ?? 'info'
    return { at: now - (40 - index) * 20_000, level, text: `${VENUES[index % VENUES.length]}: ${TEXTS[level]}` }
  })
}
