import type { Gap, MarketEvent } from '../../../shared/market.ts'
import { isOf } from './fake-exchange.ts'
import type { Setup } from './setup.ts'

/** The gaps told of a market, as they were told. */
export function gapsOf(setup: Setup, key: string): readonly Gap[] {
  return setup.events
    .filter((event): event is MarketEvent<Gap> => event.instrument === key && event.data.kind === 'gap')
    .map(({ data }) => data)
}

/** Ids of the trades told of a market, in that order. */
export function idsOf(setup: Setup, key = 'kraken:BTC/USD'): readonly string[] {
  return setup.events
    .filter(isOf('trade'))
    .filter((event) => event.instrument === key)
    .map((event) => event.data.id)
}
