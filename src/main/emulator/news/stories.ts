/** Headlines of the demo: made of parts by chance, the same for the same seed and time, and each marked as what it is. */

import type { Millis } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'
import { hash, hashText, unit } from '../hash.ts'

export interface Story {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly at: Millis
  readonly symbol: string
}

const COINS = [
  ['BTC', 'Bitcoin', '비트코인'],
  ['ETH', 'Ethereum', '이더리움'],
  ['XRP', 'XRP', '리플'],
  ['SOL', 'Solana', '솔라나'],
  ['DOGE', 'Dogecoin', '도지코인'],
  ['LINK', 'Chainlink', '체인링크'],
] as const
/** '#' is a figure by chance: a headline that had none would soon be told for the second time. */
const EVENTS = {
  en: [
    'slips # % as volumes thin out',
    'moves # % ahead of the weekly close',
    'gains # % in an hour, then gives half of it back',
    'wallets that slept for years move # % of a day’s volume',
    'futures interest falls # % on the third day',
    'network fees drop # % to the lowest of the month',
    'leads by # % while the rest stands still',
  ],
  ko: [
    '거래량 감소 속 # % 하락',
    '주간 마감 앞두고 # % 등락',
    '한 시간 만에 # % 상승 뒤 절반 반납',
    '장기 휴면 지갑에서 하루 거래량의 # % 이동',
    '선물 미결제약정 사흘째 # % 감소',
    '네트워크 수수료 # % 내려 이달 최저',
    '보합장에서 홀로 # % 강세',
  ],
} as const

/** The stories of a source up to a moment, newest first: one in each slot, at some time within it. */
export function storiesOf(
  { seed, source, language, every }: { seed: number; source: string; language: 'ko' | 'en'; every: Millis },
  now: Millis,
  count: number,
): readonly Story[] {
  const own = hashText(seed, source)
  const stories: Story[] = []
  for (let slot = Math.floor(now / every); stories.length < count; slot -= 1) {
    const at = slot * every + Math.floor(unit(own, slot, 1) * every)
    if (at <= now) stories.push(toStory(own, slot, at - (at % 1_000), language))
  }
  return stories
}

function toStory(own: number, slot: number, at: Millis, language: 'ko' | 'en'): Story {
  const [symbol, english, korean] = COINS[hash(own, slot, 2) % COINS.length] ?? COINS[0]
  const events = EVENTS[language]
  const figure = (0.5 + unit(own, slot, 3) * 6).toFixed(2)
  const event = (events[hash(own, slot, 4) % events.length] ?? events[0]).replace('#', figure)
  const title = `DEMO · ${language === 'ko' ? korean : english} ${event}`
  const text =
    language === 'ko'
      ? '가상 시세의 가상 뉴스입니다. 실제 사건이 아닙니다.'
      : 'Made up for the simulated market. Nothing of this happened.'
  return { id: `${slot}-${hash(own, slot, 5).toString(36)}`, title, text, at, symbol }
}

/** How often a source tells something. */
export const STORY_EVERY: Millis = 6 * MINUTE
