import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import type { KafkaSettings } from '../../../shared/kafka-settings.ts'
import { DEFAULT_KAFKA } from '../../../shared/kafka-settings.ts'
import { START } from '../../journal/fixtures.ts'
import type { Cursor, Journal } from '../../journal/journal.ts'
import { openJournal } from '../../journal/open-journal.ts'
import type { Forwarder } from '../forwarder.ts'
import { runForwarder } from '../forwarder.ts'
import type { FakeCluster } from './fake-bus.ts'
import { createFakeCluster } from './fake-bus.ts'

const DRAIN = 20_000

/** A journal on disk, a cluster in memory, and the forwarder between them: anew for each test. */
export interface Forwarding {
  readonly journal: Journal
  /** The last that was started. */
  readonly forwarder: Forwarder
  readonly cluster: FakeCluster
  /** What the forwarder said to the log. */
  readonly said: string[]
  /**
   * Starts to forward and waits until the groups are known, so that what is appended next is after their beginning.
   * `begin`: where those begin that never ran.
   */
  forward(settings?: Partial<KafkaSettings['forward']>, begin?: readonly Cursor[]): Promise<Forwarder>
  /** Opens the journal, as after a restart. */
  reopen(): Promise<void>
  /** Waits until nothing is owed any more. */
  emptied(of?: Forwarder): Promise<void>
}

export function useForwarding({ demo = false, readOnly = false } = {}): Forwarding {
  let folder: string
  let journal: Journal
  let forwarder: Forwarder | undefined
  let cluster: FakeCluster
  const said: string[] = []

  const reopen = async () => {
    journal = await openJournal({
      file: join(folder, 'journal.db'),
      demo,
      caps: { bytes: 1e9 },
      ballastBytes: 4_096,
      clock: () => START,
    })
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-forward-'))
    said.length = 0
    cluster = createFakeCluster({ readOnly })
    await reopen()
  })
  afterEach(async () => {
    await forwarder?.close(0)
    await journal.close()
    rmSync(folder, { recursive: true })
  })

  return {
    get journal() {
      return journal
    },
    get cluster() {
      return cluster
    },
    get forwarder() {
      return forwarder!
    },
    said,
    reopen,
    async forward(settings = {}, begin) {
      const next = runForwarder({
        journal,
        bus: cluster.bus,
        settings: { ...DEFAULT_KAFKA.forward, ...settings },
        demo,
        collector: 'me',
        ...(begin && { begin }),
        log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
      })
      forwarder = next
      const presets = settings.presets ?? DEFAULT_KAFKA.forward.presets
      await expect.poll(() => next.view().presets.length, { timeout: 10_000 }).toBe(presets.length)
      return next
    },
    emptied: (of = forwarder!) =>
      expect.poll(() => of.view().records + journal.stats().pending, { timeout: DRAIN }).toBe(0),
  }
}
