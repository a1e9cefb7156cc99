import type { ItemFeedId } from '../../shared/items.ts'
import type { ItemFeed } from './item-feed.ts'
import { alternativeMe } from './feeds/alternative-me.ts'
import { cnnFearGreed } from './feeds/cnn-fear-greed.ts'
import { coinness } from './feeds/coinness.ts'
import { cryptoNews } from './feeds/crypto-news.ts'
import { perplexity } from './feeds/perplexity.ts'
import { saveticker } from './feeds/saveticker.ts'
import { upbitTrends } from './feeds/upbit-trends.ts'

/** All feeds of news and sentiment. Another one is a file, a line here and one in shared/items.ts. */
export const ITEM_FEEDS_BY_ID: Readonly<Record<ItemFeedId, ItemFeed>> = {
  crypto_news: cryptoNews,
  coinness,
  saveticker,
  upbit_trends: upbitTrends,
  perplexity,
  cnn_fear_greed: cnnFearGreed,
  alternative_me: alternativeMe,
}
