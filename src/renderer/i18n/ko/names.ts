import type { names as en } from '../en/names.ts'
import type { Shape } from '../shape.ts'

export const names: Shape<typeof en> = {
  upbit: '업비트',
  bithumb: '빗썸',
  coinone: '코인원',
  korbit: '코빗',
  okx: 'OKX',
  bybit: '바이비트',
  gateio: '게이트',
  binance: '바이낸스',
  kraken: '크라켄',
  coinbase: '코인베이스',
  kis: '한국투자증권',
  yahoo: '야후 파이낸스',
}
