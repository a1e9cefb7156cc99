import { mkdir } from 'node:fs/promises'
import type { RestoreOutcome } from '../../shared/backup-contract.ts'
import type { Mode } from '../../shared/engine-view.ts'
import type { InstrumentKey, Millis, VenueId } from '../../shared/market.ts'
import { STOCK_VENUES } from '../../shared/market.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import type { Engine } from '../engine.ts'
import { openEngine } from '../engine.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { ALTERNATIVES, exchanges } from '../exchanges/registry.ts'
import { openNetwork } from '../feed/network.ts'
import { probeVenues } from '../feed/probe.ts'
import type { HostPort } from '../host-port.ts'
import type { Log } from '../log.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { openSettings } from '../settings-file.ts'
import { endpointsAt } from './elsewhere.ts'
import { demoFolder, hasData } from './folders.ts'
import type { KeptEmulator, OpenEmulator } from './keep-emulator.ts'
import { keepEmulator } from './keep-emulator.ts'

/** On a first run somebody must answer within this, or the demo begins. */
const FIRST_ANSWER: Millis = 4_000
const PROBE_EVERY: Millis = 30_000
/** Trades a second and exchange: lively, and slow enough to read. */
const DEMO_RATE = 25

export interface HostOptions {
  readonly kind: HostPort['kind']
  /** The live data folder; the demo's is its sibling. */
  readonly folder: string
  /** 'auto': live, unless nobody answers on a first run. */
  readonly mode: 'auto' | 'live' | 'demo'
  readonly version: string
  readonly log: Log
  /** Live and demo share it, as they share the settings. */
  readonly secrets: SecretStore
  readonly only?: readonly VenueId[]
  /** Markets to collect in place of the watch list. */
  readonly watch?: readonly InstrumentKey[]
  /** False: no feed of news is asked. */
  readonly news?: boolean
  /** Demo: trades a second over all markets, and the seed of its market. */
  readonly rate?: number
  readonly seed?: number
  /** Starts the demo's market, where a child process is not the way. */
  readonly openEmulator?: OpenEmulator
  /** What the host hears of the machine's sleep. */
  readonly onPower?: HostPort['onPower']
  /** Told whenever another engine has taken over: pages must come back. */
  readonly onReplaced?: () => void
}

export interface Host {
  /** The engine of the moment; undefined while one is being replaced. */
  readonly engine: Engine | undefined
  readonly mode: Mode
  close(): Promise<void>
}

/**
 * Runs one engine at a time, in its live or its demo folder, with the emulator beside it where there is no real market.
 * The demo goes on asking the real venues and says when one answers; it never switches by itself.
 */
export async function openHost(options: HostOptions): Promise<Host> {
  const { folder, log, openEmulator = spawnEmulator } = options
  const real = endpointsAt(process.env['TAPEDECK_EXCHANGES_AT'], 'TAPEDECK_EXCHANGES_AT')
  const simulated = endpointsAt(process.env['TAPEDECK_DEMO_AT'], 'TAPEDECK_DEMO_AT')
  if (real) log.warn(`The exchanges are reached at ${process.env['TAPEDECK_EXCHANGES_AT'] ?? ''}.`)
  const wanted: readonly Exchange[] = exchanges.filter((each) => options.only?.includes(each.id) ?? true)
  /** Whether the market can be reached is asked of these. */
  const coins = wanted.filter((each) => !STOCK_VENUES.includes(each.id))
  let engine: Engine | undefined
  let emulator: KeptEmulator | undefined
  let mode: Mode = { mode: 'live' }
  let restored: RestoreOutcome | undefined
  let probing: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let busy: Promise<void> = Promise.resolve()

  const ask = async (timeout: Millis): Promise<readonly VenueId[]> => {
    const { settings } = (await openSettings(folder)).state
    const tried = coins.filter((each) => settings.venues[each.id] !== false)
    const network = openNetwork({
      proxy: settings.proxy ?? undefined,
      caFile: settings.caFile ?? undefined,
      endpoints: real,
      version: options.version,
    })
    try {
      return await probeVenues({ exchanges: tried, network, timeout })
    } finally {
      network.close()
    }
  }

  const probe = async (): Promise<Mode> => {
    clearTimeout(probing)
    if (mode.mode !== 'demo') return mode
    const answered = await ask(FIRST_ANSWER).catch(() => [])
    if (closed || mode.mode !== 'demo') return mode
    const lastAt = Date.now()
    mode = { ...mode, probe: { answered, tried: coins.map((each) => each.id), lastAt, nextAt: lastAt + PROBE_EVERY } }
    clearTimeout(probing)
    probing = setTimeout(() => void probe(), PROBE_EVERY)
    return mode
  }

  const stop = async () => {
    clearTimeout(probing)
    const [old, market] = [engine, emulator]
    engine = undefined
    emulator = undefined
    market?.release()
    await old?.close()
    await market?.close()
  }

  const run = async (next: Mode) => {
    try {
      await begin(next)
    } catch (error) {
      await stop()
      throw error
    }
  }

  const begin = async (next: Mode) => {
    mode = next
    const demo = next.mode === 'demo'
    const home = demo ? demoFolder(folder) : folder
    for (const each of [folder, home]) await mkdir(each, { recursive: true, mode: 0o700 })
    if (demo && !simulated) {
      const market = {
        rate: options.rate ?? DEMO_RATE * wanted.length,
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        venues: wanted.map((each) => each.id),
      }
      emulator = await keepEmulator(openEmulator, market, log)
    }
    const endpoints = demo ? (emulator?.endpoints ?? simulated) : real
    engine = await openEngine({
      folder: home,
      settingsFolder: folder,
      demo,
      // The demo never reaches for a real exchange: what is not emulated is not in it.
      exchanges: demo ? wanted.filter((each) => endpoints?.[each.id] !== undefined) : wanted,
      alternatives: ALTERNATIVES,
      host: port,
      version: options.version,
      log,
      mode: () => mode,
      probe,
      ...(endpoints ? { endpoints } : {}),
      ...(options.watch ? { watch: options.watch } : {}),
      ...(options.news === undefined ? {} : { news: options.news }),
    })
    if (demo) {
      log.info(
        `DEMO: simulated market${next.reason === 'unreachable' ? ', because no exchange answered' : ''}. Data folder: ${home}`,
      )
      void probe()
    } else log.info(`Live. Data folder: ${home}`)
  }

  /** Another engine in place of this one; where it cannot be opened, this one again. */
  const replace = async (next: Mode, between?: () => Promise<void>) => {
    if (closed) return
    const before = mode
    await stop()
    try {
      await between?.()
    } catch (error) {
      log.error(`Between two engines: ${messageOf(error)}`)
    }
    try {
      await run(next)
    } catch (error) {
      log.error(`Switching to ${next.mode} failed: ${messageOf(error)}`)
      await run(before)
    } finally {
      options.onReplaced?.()
    }
  }

  /** What was asked for is answered before the connection of whoever asked goes. */
  const later = (work: () => Promise<void>) => {
    setTimeout(() => {
      busy = busy.then(work).catch((error: unknown) => log.error(`No engine runs any more: ${messageOf(error)}`))
    }, 50)
  }

  const port: HostPort = {
    kind: options.kind,
    secrets: options.secrets,
    ...(options.onPower ? { onPower: options.onPower } : {}),
    async switchMode(to) {
      if (to === mode.mode) return
      restored = undefined // of the other folder
      later(() => replace(to === 'demo' ? { mode: 'demo', reason: 'asked' } : { mode: 'live' }))
    },
    async restore(run) {
      const restoring = async () => {
        restored = await run()
        if (restored.kind === 'restored') log.info(`Restored ${restored.name}: ${restored.rows} rows.`)
        else log.warn(`${restored.name} was not restored: ${restored.fault.message}`)
      }
      later(() => replace(mode, restoring))
    },
    get restored() {
      return restored
    },
  }

  const first = async (): Promise<Mode> => {
    if (options.mode === 'demo') return { mode: 'demo', reason: 'asked' }
    if (options.mode === 'live' || hasData(folder)) return { mode: 'live' }
    await mkdir(folder, { recursive: true, mode: 0o700 })
    log.info(`First run: asking ${wanted.map((each) => each.names.en).join(', ')}…`)
    const answered = await ask(FIRST_ANSWER).catch(() => [])
    return answered.length > 0 ? { mode: 'live' } : { mode: 'demo', reason: 'unreachable' }
  }

  await run(await first())
  return {
    get engine() {
      return engine
    },
    get mode() {
      return mode
    },
    async close() {
      closed = true
      await busy
      await stop()
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
