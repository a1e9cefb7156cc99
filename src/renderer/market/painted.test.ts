import { beforeEach, expect, test } from 'vitest'
import type { Painted } from './painted.ts'
import { createPainted } from './painted.ts'

const BTC = 'upbit:BTC/KRW'

let paints: (() => void)[]
let hidden: boolean
let now: number
let painted: Painted
beforeEach(() => {
  paints = []
  hidden = false
  now = 1_000
  painted = createPainted({ afterPaint: (paint) => paints.push(paint), isHidden: () => hidden }, () => now)
})
const paint = () => {
  for (const each of paints.splice(0)) each()
}
const draw = (...ids: string[]) => painted.drawn(BTC, () => ids)

test('W2 a trade is painted after the frame in which its row stands for the first time, and keeps that time', () => {
  painted.arrived(BTC, ['1', '2'])
  draw('1')
  expect(painted.of(BTC, '1')).toEqual({})
  now = 1_016
  paint()
  now = 2_000
  draw('1', '2')
  paint()
  expect([painted.of(BTC, '1'), painted.of(BTC, '2')]).toEqual([{ at: 1_016 }, { at: 2_000 }])
})

test('W2 what came with history was never seen to arrive, nor was the same id of another market', () => {
  painted.arrived(BTC, ['1'])
  draw('1', 'old')
  paint()
  expect([painted.of(BTC, 'old'), painted.of('upbit:ETH/KRW', '1')]).toEqual([undefined, undefined])
})

test('W2 a hidden page paints nothing: its rows count once it is looked at', () => {
  painted.arrived(BTC, ['1'])
  hidden = true
  draw('1')
  hidden = false
  expect([paints.length, painted.of(BTC, '1')]).toEqual([0, {}])
  draw('1')
  paint()
  expect(painted.of(BTC, '1')).toEqual({ at: 1_000 })
})

test('W2 only the newest 5,000 are kept, drawn or not', () => {
  for (let id = 0; id < 6_000; id += 1) painted.arrived(BTC, [String(id)])
  expect([painted.of(BTC, '999'), painted.of(BTC, '1000')]).toEqual([undefined, {}])
})
