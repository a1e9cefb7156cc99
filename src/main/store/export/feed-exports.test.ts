import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { itemKey } from '../../../shared/items.ts'
import { DAY } from '../../../shared/market.ts'
import { createItemTable } from '../tables/items.ts'
import { exportSample } from './sample-export.ts'
import type { SampleMarket } from './sample-market.ts'
import { openSampleMarket, sampleRequest, START } from './sample-market.ts'

let market: SampleMarket
beforeEach(() => {
  market = openSampleMarket()
})
afterEach(() => market.remove())

test('A-45 news text that starts with = + - @ is defused, and nothing else of it changes', async () => {
  const titles = ['=HYPERLINK("http://x")', '+1', '-2+3', '@SUM(A1)', '\t=2+2', 'Plain, "quoted"', '-1.5']
  const table = createItemTable(market.db)
  for (const [n, title] of titles.entries()) {
    const common = { kind: 'item', feed: 'crypto_news', language: 'en', publishedAt: START + n } as const
    const data = { ...common, id: `=${n}`, title, symbols: n === 0 ? ['BTC', 'ETH'] : [] }
    table.put({ instrument: itemKey(data), at: START + n, receivedAt: START + n, origin: 'polled', data })
  }
  const request = sampleRequest({ kind: 'items', instruments: ['news:crypto_news', 'news:coinness'], bom: false })
  const { name, text, meta } = await exportSample(market, request, { demo: true })
  const lines = text.split('\r\n')
  expect({
    name: name.startsWith('DEMO-2-markets-items-'),
    header: lines[0],
    cells: lines.slice(1, -1).map((line) => line.split(',news,crypto_news,')[1]),
    meta: [meta['kind'], meta['rows'], meta['completeness']],
  }).toEqual({
    name: true,
    header: 'time_utc,epoch_ms,exchange,market,title,source,symbols,url,summary,language,id,received_ms,DEMO',
    cells: [
      `"'=HYPERLINK(""http://x"")",,BTC ETH,,,en,'=0,${START},simulated`,
      `'+1,,,,,en,'=1,${START + 1},simulated`,
      `'-2+3,,,,,en,'=2,${START + 2},simulated`,
      `'@SUM(A1),,,,,en,'=3,${START + 3},simulated`,
      `'\t=2+2,,,,,en,'=4,${START + 4},simulated`,
      `"Plain, ""quoted""",,,,,en,'=5,${START + 5},simulated`,
      `-1.5,,,,,en,'=6,${START + 6},simulated`,
    ],
    meta: ['items', 7, []],
  })
})

/** Values of Fear & Greed, one a day. */
function fillIndex(labels: readonly string[]) {
  const table = createItemTable(market.db)
  for (const [n, label] of labels.entries()) {
    const data = { kind: 'index', feed: 'alternative_me', value: String(40 + n / 2), label } as const
    const at = START + n * DAY
    table.putIndex({ instrument: itemKey(data), at, receivedAt: at + 7, origin: 'polled', data })
  }
}
const indexRequest = (change: Parameters<typeof sampleRequest>[0] = {}) =>
  sampleRequest({ kind: 'indices', instruments: ['index:alternative_me'], to: START + 3 * DAY, ...change })

test('A-45 index values are written with BOM, header, zone, UTC and epoch; a label that is a formula is defused', async () => {
  fillIndex(['Fear', '=1+1', '-Greed', 'after the end'])
  const { name, text, meta } = await exportSample(market, indexRequest({ zone: 'KST', language: 'ko' }))
  expect({ name, lines: text.split('\r\n'), meta: [meta['kind'], meta['rows'], meta['completeness']] }).toEqual({
    name: 'index-alternative-me-indices-20261122T1432-20261125T1432-KST.csv',
    lines: [
      '\uFEFF시각(KST),시각(UTC),epoch_ms,거래소,종목,값,등급,수신_epoch_ms',
      `2026-11-22T14:32:00.000+09:00,2026-11-22T05:32:00.000Z,${START},index,alternative_me,40,Fear,${START + 7}`,
      `2026-11-23T14:32:00.000+09:00,2026-11-23T05:32:00.000Z,${START + DAY},index,alternative_me,40.5,'=1+1,${START + DAY + 7}`,
      `2026-11-24T14:32:00.000+09:00,2026-11-24T05:32:00.000Z,${START + 2 * DAY},index,alternative_me,41,'-Greed,${START + 2 * DAY + 7}`,
      '',
    ],
    meta: ['indices', 3, []],
  })
})

test('index values go into an SQLite file as they are, of every feed asked for, and none of another', async () => {
  fillIndex(['=1+1', 'Greed'])
  const instruments = ['index:cnn_fear_greed', 'index:alternative_me'] as const
  const request = indexRequest({ instruments: [...instruments], format: 'sqlite' })
  const { name, bytes } = await exportSample(market, request, { demo: true })
  const db = new Database(bytes)
  const values = db.prepare('SELECT market, value, label, received_ms, DEMO FROM indices ORDER BY epoch_ms').all()
  const unsaid = db.prepare('SELECT * FROM completeness').all()
  db.close()
  expect({ name, values, unsaid }).toEqual({
    name: 'DEMO-2-markets-indices-20261122T0532-20261125T0532-UTC.sqlite',
    values: [
      { market: 'alternative_me', value: '40', label: '=1+1', received_ms: START + 7, DEMO: 'simulated' },
      { market: 'alternative_me', value: '40.5', label: 'Greed', received_ms: START + DAY + 7, DEMO: 'simulated' },
    ],
    unsaid: [],
  })
})
