import { expect, test } from 'vitest'
import { kis, kisPaper } from './index.ts'

const registered = (frames: readonly string[]) =>
  frames.map((frame) => {
    const { header, body } = JSON.parse(frame) as {
      header: { tr_type: string }
      body: { input: { tr_id: string; tr_key: string } }
    }
    return `${header.tr_type} ${body.input.tr_id} ${body.input.tr_key}`
  })
const want = (market: string) => ({ market, channels: ['trade', 'ticker', 'book'] as const })

test('trades bring the ticker along: a market in Seoul takes two registrations, one abroad takes one', () => {
  const [plan] = kis.connect([want('005930'), want('005930.NX'), { market: 'DNASAAPL', channels: ['trade', 'ticker'] }])
  expect(registered(plan?.frames ?? [])).toEqual([
    '1 H0STCNT0 005930',
    '1 H0STASP0 005930',
    '1 H0NXCNT0 005930',
    '1 H0NXASP0 005930',
    '1 HDFSCNT0 DNASAAPL',
  ])
  expect(registered(kis.unsubscribe?.([{ market: '005930', channels: ['book'] }]) ?? [])).toEqual(['2 H0STASP0 005930'])
})

test('of 41 registrations trades come first, then books; what is left over is in no plan', () => {
  const wants = Array.from({ length: 45 }, (_, nth) => want(String(100_000 + nth)))
  const [thirty] = kis.connect(wants.slice(0, 30))
  expect(thirty?.frames).toHaveLength(41)
  expect(thirty?.wants.filter(({ channels }) => channels.includes('book'))).toHaveLength(11)
  const [all] = kis.connect(wants)
  expect([all?.frames.length, all?.wants.length]).toEqual([41, 41])
  const { registrations } = kis.limits
  expect([registrations?.most, registrations?.of(thirty?.wants ?? []), registrations?.of(all?.wants ?? [])]).toEqual([
    41, 41, 41,
  ])
})

test('the approval key stands in each frame only when it goes out', () => {
  const [frame = ''] = kis.subscribe([want('005930')])
  expect(frame).toContain('"approval_key":""')
  expect(JSON.parse(kis.access?.sign(frame, 'a"$&b') ?? '')).toMatchObject({ header: { approval_key: 'a"$&b' } })
})

test('live and paper have hosts and keys of their own, and paper deals in Seoul alone', async () => {
  const none = () => Promise.reject(new Error('asked'))
  expect([kis.access?.account, kisPaper.access?.account]).toEqual(['kis.live', 'kis.paper'])
  expect([...kis.rest.hosts, ...kisPaper.rest.hosts]).toEqual([
    'https://openapi.koreainvestment.com:9443',
    'https://openapivts.koreainvestment.com:29443',
  ])
  const listed = await kisPaper.rest.markets(none)
  expect(new Set(listed.map(({ quote }) => quote))).toEqual(new Set(['KRW']))
  expect(await kis.rest.markets(none)).toContainEqual({
    key: 'kis:005930',
    venue: 'kis',
    native: '005930',
    base: '005930',
    quote: 'KRW',
    names: { ko: '삼성전자', en: 'Samsung Electronics' },
    sizeStep: '1',
    status: 'trading',
  })
})

test('the token and the approval key are asked for under different names of the same secret', () => {
  const secrets = { 'app-key': 'K', 'app-secret': 'S' }
  const { rest, stream } = kis.access!
  expect([JSON.parse(rest.body(secrets)), JSON.parse(stream.body(secrets))]).toEqual([
    { grant_type: 'client_credentials', appkey: 'K', appsecret: 'S' },
    { grant_type: 'client_credentials', appkey: 'K', secretkey: 'S' },
  ])
})

test('S4x-14 the same share at Yahoo is known by its board; an unknown code is tried on both', () => {
  const standIn = kis.standIn!
  expect(['005930', '247540', '123456', 'DNASAAPL', 'DNYSBRK.B', 'DHKS00700'].map(standIn.natives)).toEqual([
    ['005930.KS'],
    ['247540.KQ'],
    ['123456.KS', '123456.KQ'],
    ['AAPL'],
    ['BRK-B'],
    [],
  ])
})

test('keys and symbols: six characters in Seoul, a ticker in New York, else as KIS writes it', () => {
  const symbols = ['005930', '0001A0', 'Q500001', '005930.NX', 'DNASAAPL', 'DHKS00700', 'BTC']
  expect(symbols.map((native) => kis.toKey(native))).toEqual([
    'kis:005930',
    'kis:0001A0',
    'kis:Q500001',
    'kis:005930.NX',
    'kis:AAPL',
    'kis:DHKS00700',
    undefined,
  ])
  expect(['kis:005930', 'kis:AAPL', 'kis:NOPE'].map((key) => kis.toNative?.(key as 'kis:x'))).toEqual([
    '005930',
    'DNASAAPL',
    undefined,
  ])
})
