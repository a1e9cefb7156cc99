/** The premium of a market over its price abroad, as the newest tickers give it. */

import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { TickerRow } from '../../shared/market-view.ts'
import type { Decimal, Instrument, InstrumentKey, Millis } from '../../shared/market.ts'
import { MINUTE, pairOf, venueOf } from '../../shared/market.ts'
import type { PremiumLegs } from '../../shared/premium.ts'
import { premiumLegs, premiumOf, RATE_HOLDS } from '../../shared/premium.ts'
import { useHealth } from '../bridge/health-store.ts'
import { useNow } from '../ui/use-now.ts'
import { useCell } from './cells.ts'
import { follows, instruments, tickers, useTicker } from './market.ts'
import { useVenueState } from './venue-state.ts'

export interface Premium {
  /** Fractions: on the official rate, and on what a tether costs in won there. */
  readonly official?: Decimal
  readonly tether?: Decimal
  readonly reference: InstrumentKey
  /** The official rate and its age. Absent where none is needed, or none has come. */
  readonly rate?: { readonly last: Decimal; readonly age: Millis; readonly isOld: boolean }
}

/** A price abroad that is older says nothing about the price here now. */
const REFERENCE_HOLDS: Millis = MINUTE

const NONE: readonly Instrument[] = []
const NO_MARKET: InstrumentKey = 'none:none'

/** The markets in which one is compared; undefined where a premium means nothing. */
function useLegs(key: InstrumentKey): PremiumLegs | undefined {
  const base = pairOf(key).split('/')[0] ?? ''
  const same = useStore(instruments, ({ byBase }) => byBase.get(base) ?? NONE)
  const tethers = useStore(instruments, ({ byBase }) => byBase.get('USDT') ?? NONE)
  const connected = useConnected()
  return useMemo(
    () => premiumLegs(key, same, tethers, (venue) => connected.includes(venue)),
    [key, same, tethers, connected],
  )
}

/** Venues whose prices are of now. */
function useConnected(): readonly string[] {
  const text = useHealth((health) =>
    (health?.venues ?? [])
      .flatMap(({ venue, state }) => (state === 'live' || state === 'polled' ? [venue] : []))
      .join(' '),
  )
  return useMemo(() => text.split(' '), [text])
}

/** Asks for the tickers that the premiums of these markets are made of, while `owner` shows them. */
export function usePremiumTickers(owner: string, keys: readonly InstrumentKey[]): void {
  const byBase = useStore(instruments, (state) => state.byBase)
  const connected = useConnected()
  useEffect(() => {
    const tethers = byBase.get('USDT') ?? NONE
    const wanted = keys.flatMap((key) => {
      const same = byBase.get(pairOf(key).split('/')[0] ?? '') ?? NONE
      const legs = premiumLegs(key, same, tethers, (venue) => connected.includes(venue))
      return legs ? [legs.reference, legs.rate, legs.tether].filter((leg) => leg !== undefined) : []
    })
    follows.set(owner, wanted)
    return () => follows.set(owner, [])
  }, [owner, keys, byBase, connected])
}

/** The premium of a market; undefined where there is none, or one of its prices is not of now. */
export function usePremium(key: InstrumentKey): Premium | undefined {
  const legs = useLegs(key)
  const { isLate } = useVenueState(venueOf(key))
  const own = useTicker(key)
  const reference = useCell(tickers, legs?.reference ?? NO_MARKET)
  const rate = useCell(tickers, legs?.rate ?? NO_MARKET)
  const tether = useCell(tickers, legs?.tether ?? NO_MARKET)
  const now = useNow()
  if (legs === undefined || isLate || own === undefined) return undefined
  if (reference === undefined || now - reference.receivedAt > REFERENCE_HOLDS) return undefined
  const official = legs.rate === undefined ? premiumOf(own.last, reference.last) : over(own, reference, rate)
  const onTether = over(own, reference, tether)
  if (official === undefined && onTether === undefined) return undefined
  return {
    reference: legs.reference,
    ...(official !== undefined && { official }),
    ...(onTether !== undefined && { tether: onTether }),
    ...(rate && { rate: rateOf(rate, now) }),
  }
}

function over(own: TickerRow, reference: TickerRow, rate: TickerRow | undefined): Decimal | undefined {
  return rate && premiumOf(own.last, reference.last, rate.last)
}

/** A rate as it is shown: with its age, by the time that its source told it. */
export function rateOf(rate: TickerRow, now: Millis): NonNullable<Premium['rate']> {
  const age = Math.max(0, now - rate.at)
  return { last: rate.last, age, isOld: age > RATE_HOLDS }
}
