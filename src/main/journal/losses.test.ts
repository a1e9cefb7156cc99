import { expect, test } from 'vitest'
import { BTC, ETH, START, clock, gap, trade } from './fixtures.ts'
import { createLosses } from './losses.ts'

const halted = (since: number, until: number, instrument = BTC) => ({
  ...gap(since, { until, reason: 'halted' }, instrument),
  receivedAt: expect.any(Number),
})

test('A-28 trades that were not kept become one gap a market, and a clock record none.', () => {
  const losses = createLosses()
  losses.add([trade('1', START), clock(START), trade('2', START + 40, { instrument: ETH }), trade('3', START + 90)], 0)
  expect(losses.take()).toEqual([halted(START, START + 91), halted(START + 40, START + 41, ETH)])
  expect(losses.take()).toEqual([])
})

test('A gap that was told and refused again grows, and a gap of the stream comes again as it was.', () => {
  const losses = createLosses()
  losses.add([trade('1', START)], 0)
  const told = losses.take()
  const lost = gap(START + 10, { until: START + 20 })
  losses.add([...told, lost, trade('2', START + 50)], told.length)
  expect(losses.take()).toEqual([halted(START, START + 51), lost])
})
