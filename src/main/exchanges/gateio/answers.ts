/** What Gate.io answers to requests, in the shapes of several years. */

import type { Channel } from '../../../shared/market.ts'
import type { Control } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'

const CHANNEL_NAMES: Readonly<Record<string, Channel>> = {
  'spot.trades': 'trade',
  'spot.tickers': 'ticker',
  'spot.obu': 'book',
}
const EVENTS: readonly (string | undefined)[] = ['subscribe', 'unsubscribe']
/** 'Alert sub ob.BTC_USDT.400' is how it says that it is there already. */
const ALREADY = /^al\w+ sub/i
const UNKNOWN_PAIR = /unknown currency pair:?\s*(\S+)/i

export function decodeAnswer(channel: string, frame: Fields): Control {
  const event = frame.optionalText('event')
  const id = frame.has('id') ? frame.id('id') : undefined
  if (channel === 'spot.pong') return { control: 'pong' }
  // Old acknowledgements have an error of null.
  if (frame.has('error')) return decodeError(channel, event, id, frame)
  if (!EVENTS.includes(event))
    throw new FrameError('unknown-shape', `Gate.io sends no events "${event ?? ''}" that are read here.`)
  return present({ control: 'ack' as const, id })
}

function decodeError(channel: string, event: string | undefined, id: string | undefined, frame: Fields): Control {
  const error = frame.object('error')
  const message = error.optionalText('message') ?? 'no reason given'
  // What is left twice is gone: each subscription travels alone, nothing else was refused with it.
  if (event === 'unsubscribe' || ALREADY.test(message)) return present({ control: 'ack' as const, id })
  const known = Object.hasOwn(CHANNEL_NAMES, channel) ? CHANNEL_NAMES[channel] : undefined
  return present({
    control: 'refused' as const,
    market: known && (marketAsked(frame) ?? UNKNOWN_PAIR.exec(message)?.[1]),
    channel: known,
    id,
    reason: `${error.id('code')}: ${message}`,
  })
}

/** 'BTC_USDT', or the market in 'ob.BTC_USDT.50'. */
function marketAsked(frame: Fields): string | undefined {
  const payload = frame.has('payload') ? frame.inner('payload') : undefined
  if (payload === undefined || !payload.isList || !payload.has('0')) return undefined
  return payload.text('0').replace(/^ob\.(.+)\.\d+$/, '$1')
}
