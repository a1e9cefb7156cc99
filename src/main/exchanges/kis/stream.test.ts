import { describe, expect, test } from 'vitest'
import type { Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { kis } from './index.ts'
import { createDecoder } from './stream.ts'

const [TRADE = ''] = fixtureLines('kis', 'trade.jsonl')
const kindsOf = (messages: readonly Message[]) =>
  messages.map((message) => ('control' in message ? message.control : message.data.kind))
const ruleOf = (frame: string) => {
  try {
    return kis.decode(frame)
  } catch (error) {
    return error instanceof FrameError ? error.rule : 'no FrameError'
  }
}

describe('records of Korea Investment & Securities', () => {
  test('one frame may hold several: its fields are shared out by the count', () => {
    if (!hasSamples()) return
    const trades = kis
      .decode(sampleLines('kis', 'H0STCNT0.txt')[1] ?? '')
      .filter((message) => !('control' in message) && message.data.kind === 'trade')
    const at = Date.UTC(2025, 6, 30, 0, 47, 51)
    expect(trades).toEqual([
      { market: '005930', at, data: { kind: 'trade', id: '71950x1', price: '71950', size: '1', side: 'sell' } },
      { market: '005930', at, data: { kind: 'trade', id: '71900x2', price: '71900', size: '2', side: 'sell' } },
      { market: '005930', at, data: { kind: 'trade', id: '72000x75', price: '72000', size: '75', side: 'buy' } },
    ])
  })

  test('times are Korean, with the date of another field', () => {
    expect(kis.decode(TRADE)[0]).toMatchObject({ at: Date.UTC(2026, 10, 23, 1, 15, 2) })
  })

  test('1 is a taker who buys, 5 one who sells, and before the opening nobody takes', () => {
    const sides = fixtureLines('kis', 'trade.jsonl')
      .slice(0, 3)
      .flatMap((frame) => kis.decode(frame))
      .flatMap((message) =>
        'control' in message || message.data.kind !== 'trade' ? [] : [message.data.side ?? 'nobody'],
      )
    expect(sides).toEqual(['buy', 'sell', 'buy', 'nobody'])
  })

  test('a halt is told as the phase, and a record without a size is no trade', () => {
    const [message, ...more] = kis.decode(fixtureLines('kis', 'trade.jsonl')[3] ?? '')
    expect([message, more]).toMatchObject([{ market: '035720', data: { kind: 'ticker', phase: 'halted' } }, []])
  })

  test('abroad the record begins with the registered symbol, nobody tells who took, and Asia lags', () => {
    const [, , , , , york = '', kong = ''] = fixtureLines('kis', 'trade.jsonl')
    expect([...kis.decode(york), ...kis.decode(kong)]).toMatchObject([
      { market: 'DNASAAPL', data: { kind: 'trade', id: '273.02x100', price: '273.02', size: '100' } },
      { market: 'DNASAAPL', data: { kind: 'ticker', last: '273.02', bid: '273.01', ask: '273.03', delay: 0 } },
      { market: 'DHKS00700', data: { kind: 'trade', size: '200' } },
      { market: 'DHKS00700', data: { kind: 'ticker', last: '611.5', delay: 900_000 } },
    ])
  })

  test('levels of price 0 are padding', () => {
    expect(kis.decode(fixtureLines('kis', 'book.jsonl')[1] ?? '')).toMatchObject([
      { data: { asks: { length: 7 }, bids: { length: 10 } } },
    ])
  })

  test('further fields behind the known ones are passed over', () => {
    expect(kindsOf(kis.decode(`${TRADE}^later^added`))).toEqual(['trade', 'ticker'])
  })

  test.each([
    ['too few fields', TRADE.slice(0, TRADE.lastIndexOf('^')), 'unknown-shape'],
    ['a count that does not divide them', TRADE.replace('|001|', '|003|'), 'unknown-shape'],
    ['no record at all', TRADE.replace('|001|', '|000|'), 'unknown-shape'],
    ['another transaction', TRADE.replace('H0STCNT0', 'H0STCNI0'), 'unknown-shape'],
    ['a price of 0', TRADE.replace('^70400^', '^0^'), 'bad-value'],
    ['a price that is no number', TRADE.replace('^70400^', '^7o400^'), 'bad-number'],
    ['an empty price', TRADE.replace('^70400^', '^^'), 'missing-field'],
    ['25 o’clock', TRADE.replace('^101502^', '^251502^'), 'bad-time'],
    ['31 February', TRADE.replace('^20261123^', '^20260231^'), 'bad-time'],
    ['an unknown side', TRADE.replace('^4492000^1^', '^4492000^7^'), 'bad-value'],
    ['no frame', 'PONG', 'not-json'],
    ['a page', '<html></html>', 'not-json'],
    ['an encrypted frame before its key', TRADE.replace('0|', '1|'), 'bad-value'],
  ])('A-13 %s is refused by rule', (_what, frame, rule) => {
    expect(ruleOf(frame)).toBe(rule)
  })
})

describe('frames under a key', () => {
  const key = 'abcdefghijklmnopqrstuvwxyz012345'
  const iv = '0123456789abcdef'
  const decoder = createDecoder({
    decrypt: (text, withKey, from) =>
      withKey === key && from === iv ? Buffer.from(text, 'base64').toString() : undefined,
  })

  test('are opened with what the acknowledgement of their transaction brought', () => {
    decoder(fixtureLines('kis', 'control.jsonl')[0] ?? '')
    const payload = Buffer.from(TRADE.slice(TRADE.lastIndexOf('|') + 1)).toString('base64')
    expect(decoder(`1|H0STCNT0|001|${payload}`)).toEqual(kis.decode(TRADE))
    expect(() => decoder(`1|H0STASP0|001|${payload}`)).toThrow(FrameError)
  })
})
