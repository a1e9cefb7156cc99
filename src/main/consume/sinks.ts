import type { ConsumerSpec } from '../../shared/kafka-settings.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Journal } from '../journal/journal.ts'
import type { Store } from '../store/store.ts'
import { createCountSink } from './count-sink.ts'
import { createCsvLine } from './csv-line.ts'
import type { CsvSinkOptions } from './csv-sink.ts'
import { createCsvSink } from './csv-sink.ts'
import type { ConsumeSink } from './sink.ts'
import type { StoreSinkOptions } from './store-sink.ts'
import { createStoreSink } from './store-sink.ts'

export interface SinksOptions
  extends Pick<StoreSinkOptions, 'onEvents' | 'onReturned'>, Pick<CsvSinkOptions, 'log' | 'ticks'> {
  readonly store: Store
  readonly journal: Pick<Journal, 'epoch'>
  /** Id of the cluster in use. */
  readonly cluster: () => Promise<string>
  readonly collector: string
  readonly demo: boolean
  readonly csv: () => Omit<Settings['csv'], 'folder'> & Pick<Settings, 'zone'> & { readonly folder: string }
}

/** The sinks by name: what a consumer's settings ask for. */
export function createSinks(options: SinksOptions): (spec: ConsumerSpec) => ConsumeSink {
  const { store, journal, demo } = options
  return (spec) => {
    const group = async (): Promise<string> =>
      spec.bus === 'journal'
        ? `journal:${journal.epoch}:${spec.group}`
        : `kafka:${await options.cluster()}:${spec.group}`
    switch (spec.sink) {
      case 'none':
        return createCountSink()
      case 'store':
        // What the built-in log holds is stored already.
        return spec.bus === 'journal'
          ? createCountSink()
          : createStoreSink({ ...options, group, self: options.collector })
      case 'csv': {
        const csv = options.csv()
        return createCsvSink({
          ...csv,
          demo,
          group,
          log: options.log,
          ...(options.ticks ? { ticks: options.ticks } : {}),
          toLine: createCsvLine(csv),
          parked: async () => store.parked(await group()),
          async park(topic, partition, parked) {
            await store.take({ group: await group(), topic, partition, next: 0, parts: [], parked })
          },
        })
      }
    }
  }
}
