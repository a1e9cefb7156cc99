/**
 * How fast frames become events: the rate of `exchange.decode` over the rate of JSON.parse alone on the same frames.
 * Each round runs both, one after the other, so that a busy machine slows both alike; the median round counts.
 */

import { adapters } from '../../src/main/exchanges/registry.ts'

interface Figure {
  readonly value: number
  readonly unit: string
  readonly of?: string
}

const FRAMES = 2_000
const ROUNDS = 15

type Draw = () => number
type Make = (draw: Draw, at: number) => string

const FRAME_MAKERS: Readonly<Record<string, Make>> = {
  'upbit.trade': (draw, at) => {
    const price = 90_000_000 + Math.floor(draw() * 20_000) * 1_000
    return `{"type":"trade","code":"KRW-${coin(draw)}","timestamp":${at + 41},"trade_date":"2026-09-21","trade_time":"14:13:20","trade_timestamp":${at},"trade_price":${price}.00000000,"trade_volume":${draw().toFixed(8)},"ask_bid":"${draw() < 0.5 ? 'ASK' : 'BID'}","prev_closing_price":99000000.00000000,"change":"RISE","change_price":${Math.floor(draw() * 1e6)}.00000000,"sequential_id":${at}${String(Math.floor(draw() * 1e4)).padStart(4, '0')},"best_ask_price":${price + 1_000},"best_ask_size":${draw().toFixed(8)},"best_bid_price":${price},"best_bid_size":${draw().toFixed(8)},"stream_type":"REALTIME"}`
  },
  'upbit.book': (draw, at) => {
    const units = Array.from({ length: 30 }, (_, level) => {
      const price = 100_000_000 + Math.floor(draw() * 1_000) + level * 1_000
      return `{"ask_price":${(price + 1_000) / 1e8}E8,"bid_price":${(200_000_000 - price) / 1e7}E7,"ask_size":${(draw() + 1e-8).toFixed(8)},"bid_size":${(draw() + 1e-8).toFixed(8)}}`
    })
    return `{"type":"orderbook","code":"KRW-${coin(draw)}","timestamp":${at},"total_ask_size":${draw()},"total_bid_size":${draw()},"orderbook_units":[${units.join(',')}],"stream_type":"REALTIME","level":0}`
  },
  'binance.trade': (draw, at) => {
    const symbol = `${coin(draw)}USDT`
    return `{"stream":"${symbol.toLowerCase()}@trade","data":{"e":"trade","E":${at + 1},"s":"${symbol}","t":${7_000_000_000 + Math.floor(draw() * 1e6)},"p":"${(70_000 + draw() * 1_000).toFixed(2)}000000","q":"${(draw() + 1e-8).toFixed(8)}","T":${at},"m":${draw() < 0.5},"M":true}}`
  },
  'binance.book': (draw, at) => {
    const side = (step: number) =>
      Array.from({ length: 20 }, (_, level) => {
        const price = 70_000 + step * (level + draw())
        return `["${price.toFixed(2)}000000","${(draw() + 1e-8).toFixed(8)}"]`
      }).join(',')
    return `{"stream":"${coin(draw).toLowerCase()}usdt@depth20@100ms","data":{"lastUpdateId":${at},"bids":[${side(-1)}],"asks":[${side(1)}]}}`
  },
  'okx.trade': (draw, at) => {
    const symbol = `${coin(draw)}-USDT`
    return `{"arg":{"channel":"trades","instId":"${symbol}"},"data":[{"instId":"${symbol}","tradeId":"${1_100_000_000 + Math.floor(draw() * 1e6)}","px":"${(70_000 + draw() * 1_000).toFixed(1)}","sz":"${(draw() + 1e-8).toFixed(8)}","side":"${draw() < 0.5 ? 'buy' : 'sell'}","ts":"${at}","count":"1","source":"0","seqId":${80_000_000_000 + at}}]}`
  },
  'okx.book': (draw, at) => {
    const side = (step: number) =>
      Array.from(
        { length: 10 },
        (_, level) =>
          `["${(70_000 + step * (level + draw())).toFixed(1)}","${draw().toFixed(8)}","0","${Math.floor(draw() * 9)}"]`,
      ).join(',')
    return `{"arg":{"channel":"books","instId":"${coin(draw)}-USDT"},"action":"update","data":[{"asks":[${side(1)}],"bids":[${side(-1)}],"ts":"${at}","checksum":0,"seqId":${at + 7},"prevSeqId":${at}}]}`
  },
  'bybit.trade': (draw, at) => {
    const symbol = `${coin(draw)}USDT`
    return `{"topic":"publicTrade.${symbol}","ts":${at + 1},"type":"snapshot","data":[{"i":"229000000${1_190_010_749 + at}","T":${at},"p":"${(70_000 + draw() * 1_000).toFixed(1)}","v":"${(draw() + 1e-6).toFixed(6)}","S":"${draw() < 0.5 ? 'Buy' : 'Sell'}","seq":${112_000_000_000 + at},"s":"${symbol}","BT":false,"RPI":false}]}`
  },
  'bybit.book': (draw, at) => {
    const side = (step: number) =>
      Array.from(
        { length: 10 },
        (_, level) => `["${(70_000 + step * (level + draw())).toFixed(1)}","${draw().toFixed(6)}"]`,
      ).join(',')
    const symbol = `${coin(draw)}USDT`
    return `{"topic":"orderbook.50.${symbol}","ts":${at + 3},"type":"delta","data":{"s":"${symbol}","b":[${side(-1)}],"a":[${side(1)}],"u":${at},"seq":${at * 3}},"cts":${at}}`
  },
  'gateio.trade': (draw, at) => {
    const id = 220_000_000 + Math.floor(draw() * 1e6)
    return `{"time":${Math.floor(at / 1_000)},"time_ms":${at + 1},"channel":"spot.trades","event":"update","result":{"id":${id},"id_market":${id},"create_time":${Math.floor(at / 1_000)},"create_time_ms":"${at}.653000","side":"${draw() < 0.5 ? 'buy' : 'sell'}","currency_pair":"${coin(draw)}_USDT","amount":"${(draw() + 1e-6).toFixed(6)}","price":"${(70_000 + draw() * 1_000).toFixed(1)}","range":"${id}-${id}","trade_mode":0}}`
  },
  'gateio.book': (draw, at) => {
    const side = (step: number) =>
      Array.from(
        { length: 10 },
        (_, level) => `["${(70_000 + step * (level + draw())).toFixed(1)}","${draw().toFixed(6)}"]`,
      ).join(',')
    return `{"channel":"spot.obu","result":{"t":${at},"s":"ob.${coin(draw)}_USDT.50","u":${at + 3},"U":${at},"b":[${side(-1)}],"a":[${side(1)}]},"time_ms":${at + 4},"event":"update"}`
  },
  'kraken.trade': (draw, at) =>
    `{"channel":"trade","type":"update","data":[{"symbol":"${coin(draw)}/USD","side":"${draw() < 0.5 ? 'buy' : 'sell'}","price":${(70_000 + draw() * 1_000).toFixed(1)},"qty":${(draw() + 1e-8).toFixed(8)},"ord_type":"limit","trade_id":${100_000_000 + Math.floor(draw() * 1e6)},"timestamp":"${micros(draw, at)}"}]}`,
  'kraken.book': (draw, at) => {
    const side = (step: number) =>
      Array.from(
        { length: 1 + Math.floor(draw() * 3) },
        (_, level) => `{"price":${(70_000 + step * (level + draw())).toFixed(1)},"qty":${draw().toFixed(8)}}`,
      ).join(',')
    return `{"channel":"book","type":"update","data":[{"symbol":"${coin(draw)}/USD","bids":[${side(-1)}],"asks":[${side(1)}],"checksum":${Math.floor(draw() * 2 ** 32)},"timestamp":"${micros(draw, at)}"}]}`
  },
  'coinbase.trade': (draw, at) =>
    `{"type":"match","trade_id":${1_000_000_000 + Math.floor(draw() * 1e6)},"maker_order_id":"5b268d37-59d7-4b16-935c-3854d4cf956d","taker_order_id":"b281704b-3d2e-4631-bc49-75ca291b445b","side":"${draw() < 0.5 ? 'buy' : 'sell'}","size":"${(draw() + 1e-8).toFixed(8)}","price":"${(70_000 + draw() * 1_000).toFixed(2)}","product_id":"${coin(draw)}-USD","sequence":${130_000_000_000 + Math.floor(draw() * 1e6)},"time":"${micros(draw, at)}"}`,
  'coinbase.book': (draw, at) => {
    const changes = Array.from(
      { length: 1 + Math.floor(draw() * 6) },
      () => `["${draw() < 0.5 ? 'buy' : 'sell'}","${(70_000 + draw() * 100).toFixed(2)}","${draw().toFixed(8)}"]`,
    )
    return `{"type":"l2update","product_id":"${coin(draw)}-USD","changes":[${changes.join(',')}],"time":"${micros(draw, at)}"}`
  },
  'coinbase/advanced.trade': (draw, at) =>
    `{"channel":"market_trades","timestamp":"${micros(draw, at)}","sequence_num":${at % 1_000_000},"events":[{"type":"update","trades":[{"product_id":"${coin(draw)}-USD","trade_id":"${1_000_000_000 + Math.floor(draw() * 1e6)}","price":"${(70_000 + draw() * 1_000).toFixed(2)}","size":"${(draw() + 1e-8).toFixed(8)}","time":"${micros(draw, at)}","side":"${draw() < 0.5 ? 'BUY' : 'SELL'}"}]}]}`,
}

function micros(draw: Draw, at: number): string {
  return new Date(at).toISOString().replace('Z', `${String(Math.floor(draw() * 1_000)).padStart(3, '0')}Z`)
}

function coin(draw: Draw): string {
  return ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE'][Math.floor(draw() * 5)] ?? 'BTC'
}

/** One figure per frame kind: rate of decode over rate of JSON.parse. Above 1 is faster than JSON.parse. */
export async function decodeBench(): Promise<Record<string, Figure>> {
  const figures: Record<string, Figure> = {}
  for (const [name, make] of Object.entries(FRAME_MAKERS)) {
    const frames = makeFrames(make)
    const exchange = adapters.find((each) => each.name === name.split('.')[0])?.exchange
    if (exchange === undefined) throw new Error(`No exchange decodes ${name}.`)
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS + 5; round += 1) {
      const parsing = timeOf(frames, (frame) => JSON.parse(frame))
      const decoding = timeOf(frames, (frame) => exchange.decode(frame))
      if (round >= 5) ratios.push(parsing / decoding) // the first rounds warm the compiler up
      await new Promise((resolve) => setImmediate(resolve))
    }
    const median = ratios.toSorted((left, right) => left - right)[ROUNDS >> 1] ?? 0
    figures[`decode.${name}`] = { value: Number(median.toFixed(2)), unit: 'ratio', of: 'JSON.parse' }
  }
  return figures
}

/** Frames as they come from a socket: flat text out of a buffer, no two alike. */
function makeFrames(make: Make): string[] {
  let seed = 20_260_921
  const draw = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  return Array.from({ length: FRAMES }, (_, index) =>
    Buffer.from(make(draw, 1_790_000_000_000 + index * 37)).toString(),
  )
}

let kept: unknown

function timeOf(frames: readonly string[], run: (frame: string) => unknown): number {
  const from = performance.now()
  for (const frame of frames) kept = run(frame)
  return performance.now() - from
}

if (import.meta.main) {
  for (const [name, { value, unit, of }] of Object.entries(await decodeBench()))
    console.log(`${name} ${value} ${unit} of ${of}`)
  if (kept === undefined) throw new Error('Nothing was decoded.')
}
