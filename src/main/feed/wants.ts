import { DEFAULT_COINS, DEFAULT_STOCKS, MAIN_QUOTE } from '../../shared/default-markets.ts'
import type { Instrument, InstrumentKey, VenueId } from '../../shared/market.ts'
import { CHANNELS } from '../../shared/market.ts'
import type { Exchange, Want } from '../exchanges/exchange.ts'

/** What is watched where nobody chose: BTC, ETH, XRP and SOL against the venue's main currency, or some well-known stocks, as far as listed. */
export function toDefaultWatch(venue: VenueId, instruments: readonly Instrument[]): readonly InstrumentKey[] {
  const stocks = DEFAULT_STOCKS[venue]
  if (stocks !== undefined) return stocks.filter((key) => instruments.some((each) => each.key === key))
  return DEFAULT_COINS.flatMap((base) => {
    const found = instruments.find((each) => each.base === base && each.quote === MAIN_QUOTE[venue])
    return found ? [found.key] : []
  })
}

/** Every market in full: trades, ticker and book, as far as it has them. */
export function toWants(
  natives: Iterable<string>,
  channelsOf: Exchange['channelsOf'] = () => CHANNELS,
): readonly Want[] {
  return [...natives].map((market) => ({ market, channels: channelsOf(market) }))
}

/** Frames by which an open socket goes over from one list of wants to another; none where they are the same. */
export function toChangeFrames(
  exchange: Pick<Exchange, 'change' | 'subscribe' | 'unsubscribe'>,
  from: readonly Want[],
  to: readonly Want[],
  isRefused: (market: string) => boolean,
): readonly string[] {
  const { added, removed } = diffWants(from, to)
  if (added.length + removed.length === 0) return []
  if (exchange.change === 'replaces-all') return exchange.subscribe(to)
  // What was refused is not there to be taken off.
  const held = removed.filter((want) => !isRefused(want.market))
  return [
    ...(held.length > 0 ? (exchange.unsubscribe?.(held) ?? []) : []),
    ...(added.length > 0 ? exchange.subscribe(added) : []),
  ]
}

/** What must be added to, and taken from, an open socket to get from one list of wants to another. */
export function diffWants(
  from: readonly Want[],
  to: readonly Want[],
): { added: readonly Want[]; removed: readonly Want[] } {
  return { added: without(to, from), removed: without(from, to) }
}

function without(wants: readonly Want[], others: readonly Want[]): readonly Want[] {
  const known = new Map(others.map((want) => [want.market, want.channels]))
  return wants.flatMap(({ market, channels }) => {
    const left = channels.filter((channel) => !known.get(market)?.includes(channel))
    return left.length > 0 ? [{ market, channels: left }] : []
  })
}
