import type { InstrumentKey, VenueId } from '../shared/market.ts'
import type { EngineOptions } from './engine-options.ts'
import type { Exchange } from './exchanges/exchange.ts'
import type { NetworkSettings } from './feed/network.ts'
import type { SettingsFile } from './settings-file.ts'

/** What the settings of the moment say about where data come from. */
export interface Sources {
  /** Markets of the watch list; undefined: the venues' own. */
  watch(): readonly InstrumentKey[] | undefined
  enabled(): readonly VenueId[]
  /** All venues, each by the feed that the settings name. */
  feeds(): readonly Exchange[]
  network(): NetworkSettings
}

export function createSources(
  options: Pick<EngineOptions, 'watch' | 'exchanges' | 'alternatives' | 'endpoints' | 'version'>,
  file: Pick<SettingsFile, 'state'>,
): Sources {
  const settings = () => file.state.settings
  return {
    watch: () => options.watch ?? (settings().watchlist as readonly InstrumentKey[] | null) ?? undefined,
    enabled: () => options.exchanges.map(({ id }) => id).filter((id) => settings().venues[id] !== false),
    feeds() {
      const chosen: Readonly<Partial<Record<VenueId, string>>> = settings().feeds
      return options.exchanges.map((each) => options.alternatives?.[each.id]?.[chosen[each.id] ?? ''] ?? each)
    },
    network: () => ({
      proxy: settings().proxy ?? undefined,
      caFile: settings().caFile ?? undefined,
      endpoints: options.endpoints,
      version: options.version,
    }),
  }
}
