import type { VenueHealth } from '../../shared/engine-view.ts'
import { VENUE_STATES } from '../../shared/engine-view.ts'
import { ITEM_FEED_STATES } from '../../shared/items-contract.ts'
import type { ItemFeedState } from '../../shared/items-contract.ts'
import type { EngineFacts } from './facts.ts'
import type { Metric, Sample } from './metric.ts'
import { oneOf, percentiles, seconds } from './metric.ts'

/** Where the market and the news come from: exchanges by `venue`, news and sentiment by `feed`. */
export const SOURCE_METRICS: readonly Metric<EngineFacts>[] = [
  {
    name: 'tapedeck_venue_state',
    type: 'gauge',
    help: 'State of each venue: 1 for the one that holds.',
    samples: ({ health }) => health.venues.flatMap(({ venue, state }) => oneOf(VENUE_STATES, state, { venue })),
  },
  venueMetric('tapedeck_messages_total', 'counter', 'Messages of a venue that were read.', (each) => each.messages),
  venueMetric('tapedeck_trades_total', 'counter', 'Trades of a venue’s stream, each once.', (each) => each.trades),
  {
    name: 'tapedeck_delay_seconds',
    type: 'gauge',
    help: 'Arrival less the venue’s own time, over the last minute; the clocks’ difference is not taken out.',
    samples: ({ health }) => health.venues.flatMap(({ venue, delay }) => percentiles(delay, { venue })),
  },
  venueMetric('tapedeck_clock_skew_seconds', 'gauge', 'How far a venue’s clock is ahead of this machine’s.', (each) =>
    seconds(each.skew),
  ),
  venueMetric('tapedeck_last_data_timestamp_seconds', 'gauge', 'Unix time of a venue’s newest data.', (each) =>
    seconds(each.lastDataAt),
  ),
  venueMetric(
    'tapedeck_reconnects_total',
    'counter',
    'Connections that had worked and broke.',
    (each) => each.reconnects,
  ),
  venueMetric('tapedeck_gaps_total', 'counter', 'Breaks in what is watched, one for each market.', (each) => each.gaps),
  venueMetric('tapedeck_malformed_frames_total', 'counter', 'Frames of a venue that could not be read.', (each) =>
    Object.values(each.malformed).reduce((sum, count) => sum + count, 0),
  ),
  venueMetric('tapedeck_markets', 'gauge', 'Markets of a venue that are watched.', (each) => each.markets),
  venueMetric(
    'tapedeck_troubled_markets',
    'gauge',
    'Watched markets that are silent, refused or being rebuilt.',
    (each) => new Set(each.troubled.map(({ instrument }) => instrument)).size,
  ),
  venueMetric(
    'tapedeck_limit_used_ratio',
    'gauge',
    'Share of a venue’s tightest limit that is in use.',
    (each) => each.budget,
  ),
  {
    name: 'tapedeck_feed_addresses',
    type: 'gauge',
    help: 'Addresses of a feed of news by their state.',
    samples: ({ feeds }) =>
      byFeed(feeds).flatMap(([feed, states]) =>
        ITEM_FEED_STATES.map((state) => ({
          labels: { feed, state },
          value: states.filter((each) => each.state === state).length,
        })),
      ),
  },
  feedMetric('tapedeck_feed_items_total', 'New items of a feed, or values of an index.', (each) => each.items),
  feedMetric('tapedeck_feed_duplicates_total', 'Items that a feed told before.', (each) => each.duplicates),
  feedMetric('tapedeck_feed_refused_total', 'Items of a feed that were not taken.', ({ refused }) =>
    Object.values(refused).reduce((sum, count) => sum + count, 0),
  ),
]

/** Venues that are off have no numbers, only a state. */
function venueMetric(
  name: Metric<EngineFacts>['name'],
  type: Metric<EngineFacts>['type'],
  help: string,
  read: (venue: VenueHealth) => number | undefined,
): Metric<EngineFacts> {
  const toSample = (health: VenueHealth): readonly Sample[] => {
    const value = health.state === 'off' ? undefined : read(health)
    return value === undefined ? [] : [{ labels: { venue: health.venue }, value }]
  }
  return { name, type, help, samples: ({ health }) => health.venues.flatMap(toSample) }
}

/** The feed of RSS has as many states as addresses: they are added up. */
function feedMetric(
  name: Metric<EngineFacts>['name'],
  help: string,
  read: (feed: ItemFeedState) => number,
): Metric<EngineFacts> {
  const samples = ({ feeds }: EngineFacts): readonly Sample[] =>
    byFeed(feeds).map(([feed, states]) => ({
      labels: { feed },
      value: states.reduce((sum, state) => sum + read(state), 0),
    }))
  return { name, type: 'counter', help, samples }
}

function byFeed(
  states: readonly ItemFeedState[],
): readonly (readonly [feed: string, states: readonly ItemFeedState[]])[] {
  return [...Map.groupBy(states, ({ feed }) => feed)]
}
