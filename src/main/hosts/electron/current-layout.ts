import type { InstrumentKey } from '../../../shared/market.ts'
import type { Layout } from '../../../shared/shell-contract.ts'
import type { EngineClient } from './engine-client.ts'
import type { Requests } from './requests.ts'
import type { Windows } from './windows.ts'

/** The windows as they stand, and what the settings say that they show. */
export async function currentLayout(
  windows: Pick<Windows, 'state'>,
  client: Pick<EngineClient, 'call'>,
): Promise<Layout> {
  const { settings } = await client.call('settings.get', {})
  return {
    kind: 'tapedeck-layout',
    version: 1,
    windows: windows.state(),
    chart: {
      instrument: settings.chart.instrument as InstrumentKey | null,
      interval: settings.chart.interval,
    },
    watchlist: settings.watchlist as InstrumentKey[] | null,
  }
}

/** Takes a checked layout over: first the settings, which may be refused, then the windows. */
export async function applyLayout(
  layout: Layout,
  windows: Pick<Windows, 'arrange'>,
  client: Pick<EngineClient, 'call'>,
  requests: Pick<Requests, 'send'>,
): Promise<void> {
  const { chart, watchlist } = layout
  await client.call('settings.set', { chart, watchlist })
  requests.send({ kind: 'layout', chart })
  windows.arrange(layout.windows)
}
