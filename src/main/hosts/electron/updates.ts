import type { Millis } from '../../../shared/market.ts'
import { HOUR, MINUTE } from '../../../shared/market.ts'
import type { UpdateState } from '../../../shared/shell-contract.ts'
import type { Watched } from './shell-handlers.ts'

/** Finds, fetches and installs updates. What it fetches it has checked: hash and signature, or it rejects. */
export interface Updater {
  /** The newer version, if there is one. */
  check(): Promise<string | undefined>
  /** `onShare`: 0 … 1. */
  download(onShare: (share: number) => void): Promise<void>
  /** Quits, installs, starts again. Rejects where it cannot; then nothing has changed. */
  install(): Promise<void>
}

export interface UpdateParts {
  /** Undefined: this build does not update itself. */
  readonly updater: Updater | undefined
  readonly onReady: (version: string) => void
  readonly log: (text: string) => void
}

export interface Updates extends Watched<UpdateState> {
  /** Whether to look by itself, a minute after the start and then every so often. */
  apply(wanted: boolean): void
  check(): Promise<void>
  /** Nothing happens unless an update is ready. Only ever called because the user asked. */
  install(): void
  close(): void
}

const FIRST_AFTER: Millis = MINUTE
const EVERY: Millis = 6 * HOUR

/** Updates are looked for and fetched by themselves, and installed when somebody asks. */
export function createUpdates({ updater, onReady, log }: UpdateParts): Updates {
  let state: UpdateState = { state: 'off' }
  let wanted = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<(state: UpdateState) => void>()
  const enter = (next: UpdateState) => {
    state = next
    for (const listener of listeners) listener(state)
  }
  const fail = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    log(`No update: ${message}`)
    enter({ state: 'failed', message })
  }
  const schedule = (delay: Millis) => {
    clearTimeout(timer)
    if (!wanted || !updater) return
    timer = setTimeout(() => void check().finally(() => schedule(EVERY)), delay)
  }
  const check = async () => {
    if (!updater || ['checking', 'downloading', 'ready'].includes(state.state)) return
    enter({ state: 'checking' })
    try {
      const version = await updater.check()
      if (version === undefined) return enter({ state: wanted ? 'idle' : 'off' })
      enter({ state: 'downloading', version, share: 0 })
      await updater.download((share) => enter({ state: 'downloading', version, share }))
      enter({ state: 'ready', version })
      onReady(version)
    } catch (error) {
      fail(error)
    }
  }
  return {
    get now() {
      return state
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    apply(next) {
      if (next === wanted || !updater) return
      wanted = next
      if (state.state === 'off' || state.state === 'idle') enter({ state: wanted ? 'idle' : 'off' })
      schedule(FIRST_AFTER)
    },
    check,
    install() {
      if (state.state === 'ready') updater?.install().catch(fail)
    },
    close: () => clearTimeout(timer),
  }
}
