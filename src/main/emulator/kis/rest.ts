/** KIS's REST routes: grants, and inquiries for whoever has one. */

import { DAY, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { APPROVAL } from './dialogue.ts'
import { koreanTime, price, shares } from './records.ts'

const TOKEN = 'demo-token'

const ok = (fields: object): RestAnswer => ({
  status: 200,
  body: JSON.stringify({ rt_cd: '0', msg_cd: 'MCA00000', msg1: '정상처리 되었습니다.', ...fields }),
})
const fail = (status: number, msg_cd: string, msg1: string): RestAnswer => ({
  status,
  body: JSON.stringify({ rt_cd: '1', msg_cd, msg1 }),
})
const UNKNOWN = fail(200, 'OPSQ2000', 'ERROR : INPUT INVALID_CHECK_ISCD')

/** An inquiry about one market, for whoever has a token. */
function inquiry(
  path: string,
  symbol: string,
  tell: (scene: Scene, market: MarketModel, query: RestQuery) => object,
): Route {
  return {
    path: new RegExp(`^/uapi/${path}$`),
    group: 'calls',
    weight: () => 1,
    answer(scene, query) {
      if (query.headers?.['authorization'] !== `Bearer ${TOKEN}`)
        return fail(500, 'EGW00121', '유효하지 않은 token 입니다.')
      const exchange = query.query.get('EXCD')
      const market = scene.find(`${exchange === null ? '' : `D${exchange}`}${query.query.get(symbol)}`)
      return market === undefined ? UNKNOWN : ok(tell(scene, market, query))
    },
  }
}

function grant(path: string, body: object): Route {
  return {
    path: new RegExp(`^/oauth2/${path}$`),
    group: path,
    weight: () => 1,
    answer: () => ({ status: 200, body: JSON.stringify(body) }),
  }
}

function dayOf(scene: Scene, market: MarketModel) {
  const last = scene.last(market).price
  const { day, previousClose } = scene.summary(market, last)
  const change = ((last - previousClose) / previousClose) * 100
  return {
    last,
    day,
    sign: change > 0 ? '2' : change < 0 ? '5' : '3',
    percent: change.toFixed(2),
    worth: day.worth / 10n ** BigInt(market.spec.scale + 8),
  }
}

function inSeoul(scene: Scene, market: MarketModel): object {
  const { last, day, sign, percent, worth } = dayOf(scene, market)
  return {
    output: {
      stck_prpr: price(market, last),
      prdy_vrss_sign: sign,
      prdy_ctrt: percent,
      acml_vol: shares(day.volume),
      acml_tr_pbmn: String(worth),
      stck_oprc: price(market, day.open),
      stck_hgpr: price(market, day.high),
      stck_lwpr: price(market, day.low),
    },
  }
}

function abroad(scene: Scene, market: MarketModel): object {
  const { last, day, sign, percent, worth } = dayOf(scene, market)
  const output = { rsym: market.spec.symbol, zdiv: '4', last: price(market, last), sign, rate: ` ${percent}` }
  return { output: { ...output, tvol: shares(day.volume), tamt: String(worth) } }
}

function executions(scene: Scene, market: MarketModel): object {
  const output = scene.trades(market, 30).toReversed()
  return {
    output: output.map((trade) => ({
      stck_cntg_hour: koreanTime(trade.at).time,
      stck_prpr: price(market, trade.price),
      cntg_vol: shares(trade.size),
    })),
  }
}

function book(scene: Scene, market: MarketModel): object {
  const { bids, asks } = scene.book(market, 10)
  const rows = [...Array(10).keys()].flatMap((nth) => [
    [`askp${nth + 1}`, price(market, asks[nth]?.[0] ?? 0)],
    [`bidp${nth + 1}`, price(market, bids[nth]?.[0] ?? 0)],
    [`askp_rsqn${nth + 1}`, shares(asks[nth]?.[1] ?? 0)],
    [`bidp_rsqn${nth + 1}`, shares(bids[nth]?.[1] ?? 0)],
  ])
  return { output1: Object.fromEntries(rows) as object }
}

/** Newest first. */
function candles(scene: Scene, market: MarketModel, interval: Millis, to: Millis, count: number): object {
  const rows: object[] = []
  for (let openAt = Math.floor(to / interval) * interval, nth = 0; nth < count; openAt -= interval, nth += 1) {
    const candle = scene.candle(market, openAt, openAt + interval)
    const { date, time } = koreanTime(openAt)
    if (candle !== undefined)
      rows.push({
        stck_bsop_date: date,
        stck_cntg_hour: time,
        stck_oprc: price(market, candle.open),
        stck_hgpr: price(market, candle.high),
        stck_lwpr: price(market, candle.low),
        stck_prpr: price(market, candle.close),
        stck_clpr: price(market, candle.close),
        cntg_vol: shares(candle.volume),
        acml_vol: shares(candle.volume),
        acml_tr_pbmn: String(candle.worth / 10n ** BigInt(market.spec.scale + 8)),
      })
  }
  return { output2: rows }
}

/** Newest first; minutes and days are called differently. */
function candlesAbroad(scene: Scene, market: MarketModel, interval: Millis, count: number): object {
  const rows: object[] = []
  for (let openAt = Math.floor(scene.now / interval) * interval, nth = 0; nth < count; openAt -= interval, nth += 1) {
    const candle = scene.candle(market, openAt, openAt + interval)
    const { date, time } = koreanTime(openAt)
    if (candle === undefined) continue
    const [close, volume] = [price(market, candle.close), shares(candle.volume)]
    const worth = String(candle.worth / 10n ** BigInt(market.spec.scale + 8))
    rows.push({
      xymd: date,
      kymd: date,
      khms: time,
      open: price(market, candle.open),
      high: price(market, candle.high),
      low: price(market, candle.low),
      ...(interval === DAY ? { clos: close, tvol: volume, tamt: worth } : { last: close, evol: volume, eamt: worth }),
    })
  }
  return { output2: rows }
}

const QUOTATIONS = 'domestic-stock/v1/quotations'

export const REST: EmulatedVenue['rest'] = {
  limits: {
    calls: { count: 20, per: SECOND },
    tokenP: { count: 1, per: MINUTE },
    Approval: { count: 60, per: MINUTE },
  },
  routes: [
    grant('tokenP', {
      access_token: TOKEN,
      access_token_token_expired: '2036-01-01 00:00:00',
      token_type: 'Bearer',
      expires_in: 86_400,
    }),
    grant('Approval', { approval_key: APPROVAL }),
    inquiry(`${QUOTATIONS}/inquire-price`, 'FID_INPUT_ISCD', inSeoul),
    inquiry(`${QUOTATIONS}/inquire-ccnl`, 'FID_INPUT_ISCD', executions),
    inquiry(`${QUOTATIONS}/inquire-asking-price-exp-ccn`, 'FID_INPUT_ISCD', book),
    inquiry(`${QUOTATIONS}/inquire-time-dailychartprice`, 'FID_INPUT_ISCD', (scene, market) =>
      candles(scene, market, MINUTE, scene.now, 120),
    ),
    inquiry(`${QUOTATIONS}/inquire-daily-itemchartprice`, 'FID_INPUT_ISCD', (scene, market) =>
      candles(scene, market, DAY, scene.now, 100),
    ),
    inquiry('overseas-price/v1/quotations/price', 'SYMB', abroad),
    inquiry('overseas-price/v1/quotations/inquire-time-itemchartprice', 'SYMB', (scene, market) =>
      candlesAbroad(scene, market, MINUTE, 120),
    ),
    inquiry('overseas-price/v1/quotations/dailyprice', 'SYMB', (scene, market) =>
      candlesAbroad(scene, market, DAY, 100),
    ),
  ],
  usage: () => ({}),
  refusal: (status) => fail(status, 'EGW00201', '초당 거래건수를 초과하였습니다.').body,
  limited: (group) =>
    group === 'tokenP'
      ? {
          status: 403,
          body: '{"error_description":"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)","error_code":"EGW00133"}',
        }
      : fail(500, 'EGW00201', '초당 거래건수를 초과하였습니다.'),
}
