import { expect, test } from 'vitest'
import { endpointsAt } from './elsewhere.ts'

test('one address stands for all venues, and another for those that are named', () => {
  const found = endpointsAt('http://127.0.0.1:4000/,upbit=https://mirror.example', 'AT')
  expect([found?.upbit, found?.kraken, found?.news?.rest]).toEqual([
    { ws: 'wss://mirror.example/upbit', rest: 'https://mirror.example/upbit' },
    { ws: 'ws://127.0.0.1:4000/kraken', rest: 'http://127.0.0.1:4000/kraken' },
    'http://127.0.0.1:4000/news',
  ])
  expect([endpointsAt(undefined, 'AT'), endpointsAt('', 'AT')]).toEqual([undefined, undefined])
})

test('what is no address, and who is no venue, is named', () => {
  expect(() => endpointsAt('ftp://there', 'AT')).toThrow('AT: must look like http://127.0.0.1:4000, and "ftp://there"')
  expect(() => endpointsAt('http://127.0.0.1:1,nasdaq=http://127.0.0.1:2', 'AT')).toThrow(
    'AT: there is no venue "nasdaq".',
  )
})
