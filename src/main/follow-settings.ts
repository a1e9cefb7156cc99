import type { Collector } from './feed/collector.ts'
import type { Journal } from './journal/journal.ts'
import type { OpenNews } from './open-news.ts'
import type { SettingsFile } from './settings-file.ts'
import type { Sources } from './sources.ts'
import type { Store } from './store/store.ts'

/** Hands on what changes in the settings to whoever it concerns, and to nobody else. Returns how to stop. */
export function followSettings(parts: {
  readonly settings: SettingsFile
  readonly sources: Sources
  readonly journal: Journal
  readonly store: Store
  readonly collector: Collector
  readonly news: OpenNews
  /** The CSV batches have other settings. */
  csv(): Promise<void>
  /** The watch list may be another. */
  watch(): void
}): () => void {
  const { settings, sources, journal, store, collector, news } = parts
  let last = settings.state.settings
  return settings.onChange(({ settings: next }) => {
    const isNew = (name: keyof typeof next) => JSON.stringify(next[name]) !== JSON.stringify(last[name])
    if (isNew('caps')) {
      store.setCaps(next.caps)
      journal.setCaps({ bytes: next.caps.journalBytes })
    }
    if (isNew('csv')) void parts.csv()
    if (isNew('venues')) collector.setEnabled(sources.enabled())
    if (isNew('feeds')) for (const each of sources.feeds()) collector.setFeed(each)
    if (isNew('proxy') || isNew('caFile')) {
      collector.setNetwork(sources.network())
      news.setNetwork(sources.network())
    }
    if (isNew('news')) news.setSettings(next.news)
    last = next
    parts.watch()
  })
}
