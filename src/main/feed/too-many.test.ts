import { expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import { SECOND } from '../../shared/market.ts'
import { exchangeOf } from '../exchanges/registry.ts'
import type { Get } from './http.ts'
import { createRest } from './rest.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const TOO_MANY = '{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}'
const PRICE = '{"rt_cd":"0","msg_cd":"MCA00000","msg1":"ok","output":{"stck_prpr":"70400"}}'

test('S4-76 a call that KIS calls one too many is told in its words, and no other goes for a second', async () => {
  const clock = createVirtualClock()
  const asked: number[] = []
  const get: Get = () => {
    asked.push(clock.monotonic())
    const body = asked.length === 1 ? TOO_MANY : PRICE
    return Promise.resolve({ status: 200, headers: {}, body, sentAt: clock.now(), receivedAt: clock.now() })
  }
  const kis = exchangeOf('kis')!
  const rest = createRest({
    exchange: kis,
    get,
    clock,
    signal: new AbortController().signal,
    access: undefined,
    refusal: undefined,
    resolve: (url) => url,
    onMalformed: () => undefined,
    onAnswer: () => undefined,
  })
  const call = kis.rest.tickers(['005930'])[0]!
  const failure = await rest.run(call).catch((error: unknown) => error)
  expect(failure instanceof FaultError && failure.fault).toEqual({
    code: 'rate-limited',
    message:
      'Korea Investment & Securities, /uapi/domestic-stock/v1/quotations/inquire-price: EGW00201 초당 거래건수를 초과하였습니다.',
  })
  const next = rest.run(call)
  await clock.advance(SECOND)
  expect([await next, asked]).toMatchObject([[{ market: '005930' }], [0, SECOND]])
})
