import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDecimal, toDecimal } from '../../shared/decimal.ts'
import { FRAME_RULES } from '../../shared/malformed-rules.ts'
import type { MarketData } from '../../shared/market.ts'
import { decodeEvent, encodeEvent } from '../../shared/wire.ts'
import type { Exchange, Message } from './exchange.ts'
import { FrameError, isControl } from './exchange.ts'
import { adapters } from './registry.ts'
import { fixtureLines, fixtureNames } from './testing/frames.ts'

const RECEIVED_AT = 1_790_000_100_000

type Outcome = { readonly messages: readonly Message[] } | { readonly rule: string }

/** What a frame decodes to, or the rule it breaks. Anything thrown that is no FrameError fails the test. */
function outcomeOf(exchange: Exchange, frame: string): Outcome {
  try {
    return { messages: exchange.decode(frame) }
  } catch (error) {
    if (!(error instanceof FrameError)) throw error
    expect(FRAME_RULES).toContain(error.rule)
    expect(error.message).toMatch(/\.$/)
    return { rule: error.rule }
  }
}

/** A frame with some characters replaced. */
function cut(frame: string, at: number, removed: number, added: string): string {
  const place = at % (frame.length + 1)
  return frame.slice(0, place) + added + frame.slice(place + removed)
}

/** A frame with another value for one of its own: of another type, sign, size or spelling. */
function swapped(frame: string, at: number, value: string): string {
  const values = [...frame.matchAll(/(?<=[:[,])("[^"]*"|-?\d[\d.eE+-]*|true|false|null)/g)]
  const target = values[at % Math.max(values.length, 1)]
  return target === undefined ? frame : cut(frame, target.index, target[0].length, value)
}

/** Fixtures torn and mended in ways that links, proxies and careless releases do. */
function malformedFrame(name: string) {
  const frames = fixtureNames(name).flatMap((file) => fixtureLines(name, `${file}.jsonl`))
  const noise = fc.oneof(
    fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '-',
      '.',
      'e9',
      '0',
      'null',
      'true',
      '""',
      '{}',
      '[]',
      ' ',
      '\u0000',
      '한',
      '1e999',
      '-1',
      '"-5"',
    ),
    fc.string({ maxLength: 4 }),
  )
  const value = fc.oneof(
    fc.constantFrom(
      'null',
      '""',
      '"x"',
      '0',
      '-1',
      '"-1"',
      '1e400',
      '"NaN"',
      '"1e5"',
      '1.5',
      'true',
      '[]',
      '{}',
      '[[]]',
      '[1]',
      '[["1"]]',
      '{"name":{}}',
      '"\\u0031"',
      '99999999999999999999',
      '"0.0"',
      '"Infinity"',
    ),
    fc.jsonValue({ maxDepth: 2 }).map((each) => JSON.stringify(each)),
  )
  const frame = fc.constantFrom(...frames)
  return fc.oneof(
    fc.tuple(frame, fc.nat(), fc.nat(40), noise).map(([text, at, removed, added]) => cut(text, at, removed, added)),
    fc.tuple(frame, fc.nat(), value).map(([text, at, other]) => swapped(text, at, other)),
    fc
      .tuple(frame, fc.nat(), value, fc.nat(), value)
      .map(([text, at, other, at2, other2]) => swapped(swapped(text, at, other), at2, other2)),
    fc.tuple(frame, fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
    fc.tuple(frame, frame).map(([left, right]) => left + right),
    fc.string(),
    fc.json(),
  )
}

function decimalsOf(data: MarketData): readonly string[] {
  if (data.kind === 'trade') return [data.price, data.size]
  if (data.kind === 'book') return [...data.bids, ...data.asks].flat()
  if (data.kind !== 'ticker') return []
  const { kind: _, change: _derived, delay: _own, phase: _word, source: _name, ...numbers } = data
  return Object.values(numbers)
}

/** All numbers written in a frame, canonically. */
function numbersIn(frame: string): ReadonlySet<string> {
  const texts = frame.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? []
  return new Set(
    texts.flatMap((text) => {
      try {
        return [toDecimal(text)]
      } catch {
        return []
      }
    }),
  )
}

test.each(adapters)(
  'A-13 10,000 malformed frames of $name never crash its decoder nor become invented values',
  ({ name, exchange }) => {
    let refused = 0
    fc.assert(
      fc.property(malformedFrame(name), (frame) => {
        const outcome = outcomeOf(exchange, frame)
        // The same frame, spaced so that no known layout takes it.
        expect(outcomeOf(exchange, ` ${frame}`)).toEqual(outcome)
        if ('rule' in outcome) {
          refused += 1
          return
        }
        for (const message of outcome.messages) {
          if (isControl(message)) continue
          const { at = RECEIVED_AT, data } = message
          const event = {
            instrument: `${exchange.id}:A/B` as const,
            at,
            receivedAt: RECEIVED_AT,
            origin: 'stream' as const,
            data,
          }
          expect(message.market).not.toBe('')
          expect(decodeEvent(encodeEvent(event))).toEqual(event)
          expect(decimalsOf(data).filter((value) => !isDecimal(value) || value.startsWith('-'))).toEqual([])
          if (!frame.includes('\\') && isSpelt(name))
            expect(decimalsOf(data).filter((value) => !numbersIn(frame).has(value))).toEqual([])
        }
      }),
      { numRuns: 10_000 },
    )
    expect(refused).toBeGreaterThan(3_000)
  },
)

/** Whether a frame holds its numbers as text. */
function isSpelt(name: string): boolean {
  return name !== 'yahoo'
}

/** Frames that are no JSON hold other rules: see their own tests. */
const SPOKEN_IN_JSON = adapters.filter(({ name }) => !['kis', 'kis/paper', 'yahoo'].includes(name))

test.each(SPOKEN_IN_JSON)('A-13 hostile frames of $name are refused by rule', ({ name, exchange }) => {
  const [trade = ''] = fixtureLines(name, 'trade.jsonl')
  const hostile = {
    '': 'not-json',
    PONG: 'not-json',
    '<html></html>': 'not-json',
    [trade.slice(0, -3)]: 'not-json',
    '42': 'unknown-shape',
    '{}': 'unknown-shape',
    ['['.repeat(100_000)]: 'too-large',
    [' '.repeat(17_000_000)]: 'too-large',
  }
  for (const [frame, rule] of Object.entries(hostile)) expect(outcomeOf(exchange, frame)).toEqual({ rule })
})
