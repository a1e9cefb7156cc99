/** Yahoo's streamer: sampled prices, one symbol a frame, each with what has changed since the one before. */

import type { Decimal, Ticker } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import type { Pricing } from './pricing.ts'
import { openPricing, unzigzag } from './pricing.ts'
import { delayOf, fractionOf, phaseOf, priceOf, timeOf } from './quote.ts'
import { toKey } from './symbols.ts'

/** Field numbers of the message: yfinance's pricing.proto has them all. */
const ID = 1
const PRICE = 2
const TIME = 3
const EXCHANGE = 5
const QUOTE_TYPE = 6
const MARKET_HOURS = 7
const CHANGE_PERCENT = 8
const DAY_VOLUME = 9
const DAY_HIGH = 10
const DAY_LOW = 11
const OPEN_PRICE = 15
const BID = 23
const ASK = 25

const HEARTBEAT = 7n
const COINS = 'CCC'
const LONGEST = 65_536

/** The messages of a frame, taken for itself. */
export function decode(frame: string): readonly Message[] {
  return read(frame)
}

/** A connection's decoder: what a frame leaves out is as the frame before said it, for "none" and "not sent" look alike. */
export function createDecoder(): (frame: string) => readonly Message[] {
  const known = new Map<string, Ticker>()
  return (frame) =>
    read(frame).map((message) => {
      if ('control' in message) return message
      const data = { ...known.get(message.market), ...message.data }
      known.set(message.market, data)
      return { ...message, data }
    })
}

type Read = Decoded<Ticker> | Extract<Message, { readonly control: 'heartbeat' }>

function read(frame: string): readonly Read[] {
  if (frame.length > LONGEST) throw new FrameError('too-large', `The message is longer than ${LONGEST} characters.`)
  const text = frame.trim()
  // The first version of the streamer sends the Base64 text alone.
  if (!text.startsWith('{') && !text.startsWith('[') && text.length > 8) return toMessages(openPricing(text))
  const fields = Fields.open(text)
  if (fields.isList) throw new FrameError('unknown-shape', 'The message is a list.')
  // Other types have come and gone without a word.
  if (fields.text('type') !== 'pricing') return []
  return toMessages(openPricing(fields.text('message')))
}

function toMessages(pricing: Pricing): readonly Read[] {
  const { texts, floats, whole } = pricing
  if (whole.get(QUOTE_TYPE) === HEARTBEAT) return [{ control: 'heartbeat' }]
  const market = texts.get(ID)
  if (market === undefined) throw new FrameError('missing-field', '"id" is missing.')
  if (toKey(market) === undefined) throw new FrameError('bad-value', '"id" is no symbol.')
  const last = priceOf(floats.get(PRICE), 'price')
  if (last === undefined) throw new FrameError('missing-field', '"price" is missing.')
  const exchange = texts.get(EXCHANGE) ?? ''
  const volume = volumeOf(whole.get(DAY_VOLUME))
  const data: Ticker = present({
    kind: 'ticker' as const,
    last,
    bid: priceOf(floats.get(BID), 'bid'),
    ask: priceOf(floats.get(ASK), 'ask'),
    open24h: priceOf(floats.get(OPEN_PRICE), 'open_price'),
    high24h: priceOf(floats.get(DAY_HIGH), 'day_high'),
    low24h: priceOf(floats.get(DAY_LOW), 'day_low'),
    // Of coins it is worth, not size.
    volume24h: exchange === COINS ? undefined : volume,
    quoteVolume24h: exchange === COINS ? volume : undefined,
    change: fractionOf(floats.get(CHANGE_PERCENT)),
    delay: delayOf(exchange),
    phase: phaseOf(whole.get(MARKET_HOURS)),
  })
  const time = whole.get(TIME)
  if (time === undefined) throw new FrameError('missing-field', '"time" is missing.')
  return [{ market, at: timeOf(Number(unzigzag(time)), 'time'), data }]
}

/** A volume of 0 is not on the wire. */
function volumeOf(value: bigint | undefined): Decimal | undefined {
  if (value === undefined) return undefined
  const volume = unzigzag(value)
  return volume > 0n ? String(volume) : undefined
}
