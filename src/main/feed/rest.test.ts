import { expect, test } from 'vitest'
import { upbit } from '../exchanges/upbit/index.ts'
import { createRest } from './rest.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

test('a venue’s own error reaches the adapter as such: a code delisted meanwhile costs price steps, not the list', async () => {
  const listed = [{ market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' }]
  const gone = { error: { name: 404, message: 'Code not found' } }
  const rest = createRest({
    exchange: upbit,
    get: async (url) => {
      const isList = url.includes('/market/all')
      const body = JSON.stringify(isList ? listed : gone)
      return { status: isList ? 200 : 404, headers: {}, body, sentAt: 0, receivedAt: 0 }
    },
    clock: createVirtualClock(),
    signal: new AbortController().signal,
    resolve: (url) => url,
    onMalformed: () => undefined,
    onAnswer: () => undefined,
  })
  const markets = await upbit.rest.markets((call) => rest.run(call))
  expect(markets.map(({ key, tickSize }) => [key, tickSize])).toEqual([['upbit:BTC/KRW', undefined]])
  await expect(rest.run(upbit.rest.book('KRW-BTC'))).rejects.toMatchObject({
    fault: { code: 'venue-error', message: 'Upbit, /v1/orderbook: 404 Code not found' },
  })
})
