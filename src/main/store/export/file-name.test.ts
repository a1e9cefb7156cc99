import { expect, test } from 'vitest'
import { numbered, safeName, toFileName } from './file-name.ts'
import { BINANCE, sampleRequest, START, UPBIT } from './sample-market.ts'

test('a file is named after its market, kind, range and zone', () => {
  const to = START + 86_400_000
  expect([
    toFileName(sampleRequest({ kind: 'trades', to, zone: 'KST' }), true),
    toFileName(sampleRequest({ kind: 'bars', interval: 14_400_000, to, instruments: [UPBIT, BINANCE] }), false),
    toFileName(sampleRequest({ to: START + 15_000, gzip: true }), false),
    toFileName(sampleRequest({ to, preset: 's0', gzip: true }), true),
    toFileName(sampleRequest({ kind: 'gaps', to, format: 'sqlite', gzip: true }), false),
  ]).toEqual([
    'DEMO-upbit-BTC-KRW-trades-20261122T1432-20261123T1432-KST.csv',
    '2-markets-4h-20261122T0532-20261123T0532-UTC.csv',
    'upbit-BTC-KRW-1s-20261122T0532-20261122T053215-UTC.csv.gz',
    'DEMO-upbit-BTC-KRW-s0-20261122T0532-20261123T0532-UTC.csv.gz',
    'upbit-BTC-KRW-gaps-20261122T0532-20261123T0532-UTC.sqlite',
  ])
})

test('no symbol of a venue leaves the folder or troubles a file system', () => {
  expect(['../../etc', 'A:B*C?', '^KS11', '비트/원', '..', 'x'.repeat(200)].map(safeName)).toEqual([
    'etc',
    'A-B-C',
    'KS11',
    '비트-원',
    '',
    'x'.repeat(80),
  ])
})

test('files of a split are numbered before their ending', () => {
  expect([numbered('x.csv', 2), numbered('x.csv.gz', 3), numbered('mine', 2)]).toEqual([
    'x-2.csv',
    'x-3.csv.gz',
    'mine-2',
  ])
})
