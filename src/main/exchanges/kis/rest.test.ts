import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import { hasSamples, sampleLines } from '../testing/frames.ts'
import { kis, kisPaper } from './index.ts'

const NOON = Date.UTC(2026, 10, 23, 3, 0, 30) // 12:00:30 in Korea
const ok = (rest: object) => JSON.stringify({ rt_cd: '0', msg_cd: 'MCA00000', msg1: '정상처리 되었습니다.', ...rest })
const queryOf = ({ path }: RestCall<unknown>) => Object.fromEntries(new URL(path, 'https://x').searchParams)
const ticker = (market: string) => kis.rest.tickers([market])[0]!

describe('inquiries of Korea Investment & Securities', () => {
  test('a price is asked for with its transaction id, and its sign may stand beside the number', () => {
    const call = ticker('005930')
    expect([call.headers?.['tr_id'], queryOf(call)]).toEqual([
      'FHKST01010100',
      { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
    ])
    const output = (prdy_ctrt: string, prdy_vrss_sign: string) =>
      call.decode(ok({ output: { stck_prpr: '70400', prdy_vrss: '600', prdy_ctrt, prdy_vrss_sign, acml_vol: '0' } }))
    expect([output('0.86', '2'), output('0.86', '5'), output('-0.86', '5')].flat().map(({ data }) => data)).toEqual([
      { kind: 'ticker', last: '70400', volume24h: '0', change: '0.0086' },
      { kind: 'ticker', last: '70400', volume24h: '0', change: '-0.0086' },
      { kind: 'ticker', last: '70400', volume24h: '0', change: '-0.0086' },
    ])
  })

  test('A-01 the recorded price has exactly its values', () => {
    if (!hasSamples()) return
    expect(ticker('005930').decode(sampleLines('kis', 'inquire-price.json').join(''))).toEqual([
      {
        market: '005930',
        data: {
          kind: 'ticker',
          last: '272250',
          open24h: '269500',
          high24h: '279500',
          low24h: '268500',
          volume24h: '8864988',
          change: '0.0009',
        },
      },
    ])
  })

  test('status 200 with rt_cd 1 is an error all the same', () => {
    const body = '{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}'
    expect(() => ticker('005930').decode(body)).toThrow(new VenueError('EGW00201', '초당 거래건수를 초과하였습니다.'))
  })

  test('executions tell the hour and not the day: they are of today, or of yesterday evening', () => {
    const rows = [
      { stck_cntg_hour: '120001', stck_prpr: '70400', cntg_vol: '3' },
      { stck_cntg_hour: '115959', stck_prpr: '70300', cntg_vol: '5' },
    ]
    const call = kis.rest.trades('005930.NX', 100)
    expect(queryOf(call)['FID_COND_MRKT_DIV_CODE']).toBe('NX')
    const at = (moment: number) => call.decode(ok({ output: rows }), moment).map((trade) => trade.at)
    expect(at(NOON)).toEqual([NOON - 31_000, NOON - 29_000])
    expect(at(NOON - 12 * 3_600_000)).toEqual([NOON - 31_000 - DAY, NOON - 29_000 - DAY])
    expect(call.decode(ok({ output: rows }), NOON)[0]?.data).toEqual({
      kind: 'trade',
      id: '70300x5',
      price: '70300',
      size: '5',
    })
  })

  test('a book pads with 0, and there is none abroad', () => {
    const output1 = { askp1: '70500', askp_rsqn1: '10', askp2: '0', askp_rsqn2: '0', bidp1: '70400', bidp_rsqn1: '7' }
    expect(kis.rest.book('005930').decode(ok({ output1 })).data).toMatchObject({
      bids: [['70400', '7']],
      asks: [['70500', '10']],
    })
    expect(() => kis.rest.book('DNASAAPL')).toThrow(RangeError)
    expect(kis.channelsOf?.('DNASAAPL')).toEqual(['trade', 'ticker'])
  })

  test('rows invented for a time to come are left out', () => {
    const row = (stck_cntg_hour: string) => ({
      stck_bsop_date: '20261123',
      stck_cntg_hour,
      stck_oprc: '70400',
      stck_hgpr: '70400',
      stck_lwpr: '70400',
      stck_prpr: '70400',
      cntg_vol: '0',
    })
    const body = ok({ output2: [row('120300'), row('120200'), row('120000'), row('115900')] })
    for (const { rest } of [kis, kisPaper]) {
      const call = rest.candles('005930', MINUTE, NOON + 5 * MINUTE, 100)
      expect(call.decode(body, NOON).map(({ openAt }) => openAt)).toEqual([NOON - 90_000, NOON - 30_000])
    }
    expect([kis, kisPaper].map(({ rest }) => rest.candles('005930', MINUTE, NOON, 1).headers?.['tr_id'])).toEqual([
      'FHKST03010230',
      'FHKST03010200',
    ])
  })

  test('a day lies on its own date, oldest first, and an empty row is none', () => {
    const call = kis.rest.candles('005930', DAY, Date.UTC(2026, 10, 24), 2)
    const row = (stck_bsop_date: string) => ({
      stck_bsop_date,
      stck_oprc: '1',
      stck_hgpr: '3',
      stck_lwpr: '1',
      stck_clpr: '2',
      acml_vol: '10',
      acml_tr_pbmn: '20',
    })
    expect(queryOf(call)).toMatchObject({
      FID_INPUT_DATE_2: '20261124',
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '0',
    })
    const body = ok({ output2: [row('20261123'), row('20261120'), row('20261119'), {}] })
    expect(call.decode(body).map(({ openAt }) => new Date(openAt).toISOString().slice(0, 10))).toEqual([
      '2026-11-20',
      '2026-11-23',
    ])
  })

  test('abroad prices come from another inquiry, by exchange and ticker', () => {
    const call = ticker('DNASAAPL')
    expect([call.headers?.['tr_id'], queryOf(call)]).toEqual(['HHDFS00000300', { AUTH: '', EXCD: 'NAS', SYMB: 'AAPL' }])
    const output = {
      rsym: 'DNASAAPL',
      last: '273.0200',
      sign: '5',
      rate: ' -0.69',
      tvol: '18204511',
      tamt: '4961220134',
    }
    expect(call.decode(ok({ output }))).toEqual([
      {
        market: 'DNASAAPL',
        data: {
          kind: 'ticker',
          last: '273.02',
          volume24h: '18204511',
          quoteVolume24h: '4961220134',
          change: '-0.0069',
          delay: 0,
        },
      },
    ])
  })
})
