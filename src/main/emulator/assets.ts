/** The coins that the emulated markets trade: real names, round prices near those of late 2026, and how busy each is. */

export interface Asset {
  readonly symbol: string
  readonly ko: string
  readonly en: string
  /** The price in US dollars that the model wanders around. */
  readonly usd: number
  /** Share of all trading, relative to the others. */
  readonly weight: number
}

/** Won per dollar that the model wanders around. */
export const KRW_PER_USD = 1_385

type Row = readonly [symbol: string, ko: string, en: string, usd: number, weight: number]

const ROWS: readonly Row[] = [
  ['BTC', '비트코인', 'Bitcoin', 70_000, 100],
  ['ETH', '이더리움', 'Ethereum', 2_286, 70],
  ['XRP', '엑스알피(리플)', 'XRP', 1.479, 75],
  ['SOL', '솔라나', 'Solana', 94.2, 45],
  ['USDT', '테더', 'Tether', 1, 25],
  ['DOGE', '도지코인', 'Dogecoin', 0.1183, 30],
  ['ADA', '에이다', 'Cardano', 0.3625, 16],
  ['TRX', '트론', 'TRON', 0.2871, 9],
  ['AVAX', '아발란체', 'Avalanche', 12.84, 9],
  ['LINK', '체인링크', 'Chainlink', 11.62, 10],
  ['DOT', '폴카닷', 'Polkadot', 1.943, 6],
  ['BCH', '비트코인캐시', 'Bitcoin Cash', 487.5, 6],
  ['SUI', '수이', 'Sui', 1.327, 14],
  ['NEAR', '니어프로토콜', 'NEAR Protocol', 1.764, 5],
  ['APT', '앱토스', 'Aptos', 1.582, 5],
  ['ETC', '이더리움클래식', 'Ethereum Classic', 11.38, 5],
  ['XLM', '스텔라루멘', 'Stellar Lumens', 0.2146, 8],
  ['HBAR', '헤데라', 'Hedera', 0.1124, 7],
  ['ATOM', '코스모스', 'Cosmos', 2.287, 3],
  ['UNI', '유니스왑', 'Uniswap', 5.214, 4],
  ['AAVE', '에이브', 'Aave', 148.6, 3],
  ['ARB', '아비트럼', 'Arbitrum', 0.1972, 4],
  ['SHIB', '시바이누', 'Shiba Inu', 0.00000787, 6],
  ['PEPE', '페페', 'Pepe', 0.00000412, 6],
  ['SAND', '샌드박스', 'The Sandbox', 0.1258, 3],
  ['MANA', '디센트럴랜드', 'Decentraland', 0.1391, 2],
  ['ALGO', '알고랜드', 'Algorand', 0.1216, 3],
  ['VET', '비체인', 'VeChain', 0.01187, 2],
  ['STX', '스택스', 'Stacks', 0.3128, 2],
  ['SEI', '세이', 'Sei', 0.1273, 4],
  ['ONDO', '온도파이낸스', 'Ondo Finance', 0.3927, 5],
  ['ENA', '에테나', 'Ethena', 0.2164, 4],
  ['WLD', '월드코인', 'Worldcoin', 0.5236, 4],
  ['IMX', '이뮤터블엑스', 'Immutable X', 0.2581, 2],
  ['GRT', '더그래프', 'The Graph', 0.04218, 2],
  ['XTZ', '테조스', 'Tezos', 0.5412, 1],
  ['NEO', '네오', 'Neo', 3.847, 1],
  ['QTUM', '퀀텀', 'Qtum', 1.386, 1],
  ['KAIA', '카이아', 'Kaia', 0.0714, 2],
  ['AERGO', '아르고', 'Aergo', 0.0573, 1],
  ['ZIL', '질리카', 'Zilliqa', 0.00561, 1],
  ['BERA', '베라체인', 'Berachain', 0.7243, 2],
  ['USD', '미국 달러', 'US Dollar', 1, 0],
  ['USDC', '유에스디코인', 'USD Coin', 1, 12],
]

export const ASSETS: ReadonlyMap<string, Asset> = new Map(
  ROWS.map(([symbol, ko, en, usd, weight]) => [symbol, { symbol, ko, en, usd, weight }]),
)

/** The coin of that symbol. A market table that names an unlisted one is our mistake. */
export function assetOf(symbol: string): Asset {
  const asset = ASSETS.get(symbol)
  if (asset === undefined) throw new Error(`emulator: the asset table has no ${symbol}`)
  return asset
}
