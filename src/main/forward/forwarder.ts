import type { Fault } from '../../shared/faults.ts'
import type { OutboxView } from '../../shared/kafka-view.ts'
import type { KafkaSettings, PresetId } from '../../shared/kafka-settings.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Bus } from '../bus/bus.ts'
import type { Cursor, Journal } from '../journal/journal.ts'
import { placeKey } from '../journal/places.ts'
import { PRESET_MAKERS } from '../pipeline/presets/index.ts'
import { retireForwards } from './groups.ts'
import type { Owed } from './outbox-meter.ts'
import { createOutboxMeter } from './outbox-meter.ts'
import { pause } from './retry.ts'
import type { PresetRun } from './preset-run.ts'
import { runPreset } from './preset-run.ts'

export interface ForwarderOptions {
  readonly journal: Journal
  readonly bus: Bus
  readonly settings: KafkaSettings['forward']
  /** The demo's topics begin with 'demo.'. */
  readonly demo: boolean
  /** Names this data folder in the header `collector`. */
  readonly collector: string
  /** Where presets that never ran begin; absent: with what is committed from now on. */
  readonly begin?: readonly Cursor[]
  readonly log: { info(text: string): void; warn(text: string): void }
}

export interface Forwarder {
  view(): OutboxView
  /**
   * Sends what the journal holds for at most so long (not at all where the cluster is away), moves the cursors behind it and
   * ends. What is left is sent by the next run. Call it when nothing more is appended, and before the journal closes.
   */
  close(within: Millis): Promise<void>
}

const READ_ONLY: Fault = {
  code: 'read-only',
  message: 'The profile is read-only: nothing is forwarded. Switch "readOnly" off in the profile to send.',
}

/**
 * Sends what the journal holds to a cluster: our own topics and those of earlier systems, each preset from cursors of its own.
 * Nothing is lost: the journal keeps what is not acknowledged, and it is tried again for good. A record may come twice (its
 * acknowledgement was lost, or the process died before the cursor moved); header `record` tells.
 */
export function runForwarder(options: ForwarderOptions): Forwarder {
  const { journal, bus, settings, demo, collector, begin, log } = options
  const aborter = new AbortController()
  const meter = createOutboxMeter()
  const ids: readonly PresetId[] = bus.profile.readOnly ? [] : settings.presets
  let runs: readonly PresetRun[] = []
  let closing: Promise<void> | undefined

  const start = async () => {
    await retireForwards(journal, { cluster: bus.profile.id, presets: ids })
    runs = await Promise.all(
      ids.map((id) =>
        runPreset({
          journal,
          bus,
          preset:
            id === 'own'
              ? 'own'
              : PRESET_MAKERS[id]({
                  market: settings.market as InstrumentKey,
                  prefix: settings.prefix,
                  partitions: settings.partitions,
                }),
          demo,
          collector,
          ...(begin && { begin }),
          log,
          onAcked: (took) => meter.acked(took),
          signal: aborter.signal,
        }),
      ),
    )
  }
  const owed = (): Owed[] =>
    runs.flatMap(({ routes }) =>
      routes.map(({ place, cursor, end, bytes, oldestAt }) => ({
        place: placeKey(place),
        cursor,
        end,
        bytes,
        oldestAt,
      })),
    )
  const ticking = setInterval(() => meter.tick(Date.now(), owed(), bus.state().state === 'away'), SECOND)
  ticking.unref()
  const starting = start()

  const close = async (within: Millis) => {
    await starting
    const until = Date.now() + within
    const isDone = () => journal.stats().pending === 0 && owed().every(({ cursor, end }) => cursor >= end)
    while (bus.state().state === 'up' && Date.now() < until && !isDone()) await pause(10, aborter.signal)
    aborter.abort()
    clearInterval(ticking)
    await Promise.all(runs.map((run) => run.close()))
  }

  return {
    view() {
      const sum = (of: (run: PresetRun) => number) => runs.reduce((total, run) => total + of(run), 0)
      return {
        ...meter.view(owed()),
        acked: sum(({ acked }) => acked),
        retries: sum(({ retries }) => retries),
        parked: sum(({ parked }) => parked),
        presets: bus.profile.readOnly
          ? settings.presets.map((preset) => ({ preset, records: 0, acked: 0, fault: READ_ONLY }))
          : runs.map(({ id, routes, acked, fault }) => ({
              preset: id,
              records: routes.reduce((total, { cursor, end }) => total + end - cursor, 0),
              acked,
              ...(fault && { fault }),
            })),
      }
    },
    close: (within) => (closing ??= close(within)),
  }
}
