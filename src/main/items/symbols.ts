/** What a headline is about. Only what cannot be mistaken counts: "SEC", "ETF" and "AI" are coins too. */

/** Coins by the words that mean nothing else. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  BTC: ['bitcoin', '비트코인'],
  ETH: ['ethereum', 'ether', '이더리움'],
  XRP: ['xrp', 'ripple', '리플', '엑스알피'],
  SOL: ['solana', '솔라나'],
  BNB: ['bnb', '바이낸스코인'],
  DOGE: ['dogecoin', '도지코인'],
  ADA: ['cardano', '에이다', '카르다노'],
  TRX: ['tron', '트론'],
  AVAX: ['avalanche', '아발란체'],
  LINK: ['chainlink', '체인링크'],
  DOT: ['polkadot', '폴카닷'],
  SHIB: ['shiba inu', '시바이누'],
  LTC: ['litecoin', '라이트코인'],
  BCH: ['bitcoin cash', '비트코인캐시'],
  USDT: ['tether', 'usdt', '테더'],
  USDC: ['usdc'],
  SUI: ['sui network', '수이'],
  HYPE: ['hyperliquid', '하이퍼리퀴드'],
}
/** Tickers that are no words. */
const TICKERS = new Set([
  'BTC',
  'ETH',
  'XRP',
  'SOL',
  'BNB',
  'DOGE',
  'ADA',
  'TRX',
  'AVAX',
  'SHIB',
  'LTC',
  'BCH',
  'USDT',
  'USDC',
])

const WORDS = Object.entries(NAMES).map(
  ([symbol, names]) => [symbol, new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?![a-z0-9])`, 'iu')] as const,
)

/** The symbols that a text names, each once, in the order of the table above; then those written as $ABC. */
export function symbolsIn(text: string): readonly string[] {
  // "Bitcoin Cash" is not about Bitcoin.
  const bare = text.replaceAll(/bitcoin cash|비트코인캐시/gi, 'BCH')
  const found = new Set<string>()
  for (const [symbol, pattern] of WORDS) if (pattern.test(bare)) found.add(symbol)
  for (const [word] of bare.matchAll(/(?<![A-Za-z0-9$])[A-Z]{3,5}(?![A-Za-z0-9])/g))
    if (TICKERS.has(word)) found.add(word)
  for (const [, word] of bare.matchAll(/(?<![A-Za-z0-9])\$([A-Z]{1,8})(?![A-Za-z0-9])/g)) if (word) found.add(word)
  return [...found]
}
