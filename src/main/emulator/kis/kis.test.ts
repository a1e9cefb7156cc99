import { afterAll, beforeAll, expect, test } from 'vitest'
import { kis as adapter } from '../../exchanges/kis/index.ts'
import { createDecoders } from '../../feed/decoders.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['kis'] })
})
afterAll(() => market.close())

const connect = (path = 'tryitout') => market.client(`/kis/${path}`)
const ask = (tr_id: string, tr_key: string, tr_type = '1', approval_key = 'demo-approval') => ({
  header: { approval_key, custtype: 'P', tr_type, 'content-type': 'utf-8' },
  body: { input: { tr_id, tr_key } },
})
const codeOf = (frame: string) => (JSON.parse(frame) as { body: { msg_cd: string } }).body.msg_cd
const isControl = (frame: string) => frame.startsWith('{') && !frame.includes('PINGPONG')

test('A-02 each registration is acknowledged with a key and an iv, and brings its records', async () => {
  const client = await connect()
  client.send(ask('H0STCNT0', '005930'))
  client.send(ask('H0STASP0', '005930'))
  expect([codeOf(await client.next(isControl)), codeOf(await client.next(isControl))]).toEqual(['OPSP0000', 'OPSP0000'])
  const trade = await client.next((frame) => frame.startsWith('0|H0STCNT0|001|005930^'))
  const book = await client.next((frame) => frame.startsWith('0|H0STASP0|001|005930^'))
  expect([trade, book].map((frame) => frame.split('^').length)).toEqual([46, 62])
  expect([adapter.decode(trade), adapter.decode(book)].flat()).toHaveLength(3)
})

test.each([
  [ask('H0STCNT0', '005930', '1', 'nonsense'), 'OPSP0011'],
  [ask('H0STXXX0', '005930'), 'OPSP8991'],
  [ask('H0STCNT0', '999999'), 'OPSP8992'],
  [ask('H0STCNT0', 'DNASAAPL'), 'OPSP8992'],
  [ask('H0STCNT0', '005930', '2'), 'OPSP0003'],
])('A-02 %j is answered with %s', async (message, code) => {
  const client = await connect()
  client.send(message)
  expect(codeOf(await client.next(isControl))).toBe(code)
})

test('A-02 a repeated registration is said to be there already', async () => {
  const client = await connect()
  const stocks = ['005930', '000660', '005380', '035420', '035720', '068270', '247540', '196170']
  for (const code of stocks) for (const id of ['H0STCNT0', 'H0STASP0']) client.send(ask(id, code))
  for (let nth = 0; nth < 16; nth += 1) await client.next(isControl)
  client.send(ask('H0STCNT0', '005930'))
  expect(codeOf(await client.next(isControl))).toBe('OPSP0002')
})

test('encrypted frames open with the key of the acknowledgement', async () => {
  const client = await connect('tryitout/encrypted')
  client.send(ask('H0STCNT0', '005930'))
  const decode = createDecoders(adapter)
  decode(await client.next(isControl), client)
  const frame = await client.next((text) => text.startsWith('1|H0STCNT0|'))
  expect(decode(frame, client)[0]).toMatchObject({ market: '005930', data: { kind: 'trade' } })
})

test('abroad the record has 26 fields', async () => {
  const client = await connect()
  client.send(ask('HDFSCNT0', 'DNASNVDA'))
  const frame = await client.next((text) => text.startsWith('0|HDFSCNT0|'))
  expect(frame.split('^')).toHaveLength(26)
  expect(adapter.decode(frame)[0]).toMatchObject({ market: 'DNASNVDA', data: { kind: 'trade' } })
})

test('inquiries want a token, and a token is issued once a minute', async () => {
  const strict = await openTestMarket({ venues: ['kis'], limits: true })
  const base = `http://127.0.0.1:${strict.server.port}/kis`
  const issue = () => fetch(`${base}/oauth2/tokenP`, { method: 'POST', body: '{}' })
  const first = await issue()
  const { access_token } = (await first.json()) as { access_token: string }
  const second = await issue()
  expect([first.status, second.status, await second.text()]).toEqual([
    200,
    403,
    expect.stringContaining('EGW00133') as string,
  ])
  const call = adapter.rest.tickers(['005930'])[0]!
  const price = async (authorization?: string) => {
    const response = await fetch(base + call.path, {
      headers: { ...call.headers, ...(authorization && { authorization }) },
    })
    return [response.status, await response.text()] as const
  }
  expect((await price())[1]).toContain('EGW00121')
  const [status, body] = await price(`Bearer ${access_token}`)
  expect([status, call.decode(body)]).toMatchObject([200, [{ market: '005930', data: { kind: 'ticker' } }]])
  await strict.close()
})
