import { assert, bigInt, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as format from './format.ts'

const both = <T>(write: (language: 'en' | 'ko') => T): readonly T[] => [write('en'), write('ko')]

describe('numbers', () => {
  it('a price is grouped, padded to its tick and never rounded', () => {
    expect(
      [
        ['98668000', 0],
        ['68412.3', 2],
        ['0.10412', 5],
        ['0.123456789', 4],
        ['-1234.5', 1],
        ['0', 0],
      ].map(([value, decimals]) => format.formatPrice(value as string, decimals as number)),
    ).toEqual(['98,668,000', '68,412.30', '0.10412', '0.123456789', '−1,234.5', '0'])
  })
  it('a price splits at its decimal point', () => {
    expect(format.splitPrice('68412.3', 2)).toEqual({ whole: '68,412', fraction: '.30' })
    expect(format.splitPrice('98668000')).toEqual({ whole: '98,668,000', fraction: '' })
  })
  it('a split price holds all digits of the value', () => {
    assert(
      property(bigInt({ min: 0n }), stringMatching(/^(\d{0,10}[1-9])?$/), (whole, fraction) => {
        const value = fraction ? `${whole}.${fraction}` : String(whole)
        const split = format.splitPrice(value)
        return split.whole.replaceAll(',', '') + split.fraction === value
      }),
    )
  })
  it('decimals are those of the tick size', () => {
    expect([undefined, '1000', '0.1', '0.00001'].map(format.decimalsOf)).toEqual([0, 0, 1, 5])
  })
  it('a change always has its sign, and nothing has none', () => {
    expect([0.0184, -0.0063, 0, 0.00001, undefined].map(format.formatChange)).toEqual([
      '+1.84%',
      '−0.63%',
      '0.00%',
      '0.00%',
      '–',
    ])
  })
  it('A-69 big amounts in KRW are written in 만 and 억, or in K, M, B and T', () => {
    const amounts = [950, 32_000, 6_370_000, 411_300_000_000, 1_284_000_000_000, -5e8, undefined]
    expect(amounts.map((amount) => format.formatMoney(amount, 'man-eok'))).toEqual([
      '950',
      '3.2만',
      '637만',
      '4,113억',
      '1조 2,840억',
      '−5.0억',
      '–',
    ])
    expect(amounts.map((amount) => format.formatMoney(amount, 'plain'))).toEqual([
      '950',
      '32 K',
      '6.37 M',
      '411.3 B',
      '1.28 T',
      '−500.0 M',
      '–',
    ])
  })
  it('a column of amounts has one unit', () => {
    expect([format.formatMoneyInColumn(6_370_000, 'plain'), format.formatMoneyInColumn(6_370_000, 'man-eok')]).toEqual([
      '6.37',
      '637',
    ])
  })
  it('counts are exact up to seven digits', () => {
    expect(
      both((language) => [214_300, 9_999_999, 41_200_000, 1_250_000_000].map((n) => format.formatCount(n, language))),
    ).toEqual([
      ['214,300', '9,999,999', '41.2 M', '1.3 B'],
      ['214,300', '9,999,999', '4,120만', '12.5억'],
    ])
  })
  it('a share reads 100 % only when nothing is missing', () => {
    expect([1, 0.99999, 0.9982, 0].map((share) => format.formatShare(share))).toEqual([
      '100.00%',
      '99.99%',
      '99.82%',
      '0.00%',
    ])
  })
  it('bytes are decimal', () => {
    expect([0, 999, 1_000, 1_900_000_000, 41_600_000_000, 2e14].map(format.formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '1.9 GB',
      '41.6 GB',
      '200 TB',
    ])
  })
  it('rates keep a digit below ten', () => {
    expect([0, 0.24, 9.96, 4_984.4].map(format.formatRate)).toEqual(['0', '0.2', '10.0', '4,984'])
  })
})

describe('lengths of time', () => {
  it('an age has one unit, and stands still below a second', () => {
    const ages = [0, 999, 1_000, 59_999, 60_000, 3_599_000, 7_200_000, 200_000_000, undefined]
    expect(both((language) => ages.map((age) => format.formatAge(age, language)))).toEqual([
      ['<1s', '<1s', '1s', '59s', '1m', '59m', '2h', '2d', '–'],
      ['<1초', '<1초', '1초', '59초', '1분', '59분', '2시간', '2일', '–'],
    ])
  })
  it('a duration has two units at most', () => {
    const lengths = [0, 1_000, 1_800, 18_000, 60_000, 142_000, 5_520_000, 90_000_000]
    expect(both((language) => lengths.map((length) => format.formatDuration(length, language)))).toEqual([
      ['0 s', '1 s', '1.8 s', '18 s', '1 m', '2 m 22 s', '1 h 32 m', '1 d 1 h'],
      ['0초', '1초', '1.8초', '18초', '1분', '2분 22초', '1시간 32분', '1일 1시간'],
    ])
  })
  it('a delay is whole milliseconds, from ten seconds on a duration', () => {
    expect([812.4, 1_904, 12_000, undefined].map((delay) => format.formatDelay(delay, 'en'))).toEqual([
      '812 ms',
      '1,904 ms',
      '12 s',
      '–',
    ])
  })
  it('a clock’s offset has its sign', () => {
    expect([4, -6, 0, undefined].map(format.formatSkew)).toEqual(['+4 ms', '−6 ms', '0 ms', '–'])
  })
})
