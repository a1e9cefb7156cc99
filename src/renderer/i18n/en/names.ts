/** Names of the venues as their own country writes them. */
export const names = {
  upbit: 'Upbit',
  bithumb: 'Bithumb',
  coinone: 'Coinone',
  korbit: 'Korbit',
  okx: 'OKX',
  bybit: 'Bybit',
  gateio: 'Gate.io',
  binance: 'Binance',
  kraken: 'Kraken',
  coinbase: 'Coinbase',
  kis: 'Korea Investment',
  yahoo: 'Yahoo Finance',
}
