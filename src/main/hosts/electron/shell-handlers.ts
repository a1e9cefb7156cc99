import type { BrowserWindow } from 'electron'
import type { Handlers, Sink } from '../../../shared/bridge.ts'
import type {
  EngineState,
  Saved,
  ShellContract,
  ShellInfo,
  ShellRequest,
  UpdateState,
} from '../../../shared/shell-contract.ts'
import { latest } from '../../latest.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { Windows } from './windows.ts'

/** A value that changes, and whoever wants to hear of it. */
export interface Watched<V> {
  readonly now: V
  onChange(listener: (value: V) => void): () => void
}

export interface ShellHandlerParts {
  readonly info: () => ShellInfo
  readonly windows: Windows
  readonly supervisor: Pick<EngineSupervisor, 'state' | 'onState'>
  readonly layouts: { export(from: BrowserWindow): Promise<Saved>; import(from: BrowserWindow): Promise<boolean> }
  readonly diagnostics: (from: BrowserWindow) => Promise<Saved>
  readonly notify: (notice: { readonly title: string; readonly text: string }) => void
  readonly updates: Watched<UpdateState> & { check(): Promise<void>; install(): void }
  readonly requests: { follow(take: (request: ShellRequest) => void): () => void }
}

/** The shell's answers to the page of a window. A missing one does not compile. */
export function createShellHandlers(parts: ShellHandlerParts, window: BrowserWindow): Handlers<ShellContract> {
  const { windows, supervisor, updates } = parts
  return {
    'shell.info': () => parts.info(),
    'window.popOut': (view) => windows.popOut(view),
    'window.shows': (view) => windows.shows(window, view),
    'window.list': () => windows.list(),
    'layout.export': () => parts.layouts.export(window),
    'layout.import': () => parts.layouts.import(window),
    'diagnostics.save': () => parts.diagnostics(window),
    notify: (notice) => parts.notify(notice),
    engine: (_params, sink: Sink<EngineState>) => {
      const send = latest(sink)
      send(supervisor.state)
      return supervisor.onState(send)
    },
    update: (_params, sink: Sink<UpdateState>) => {
      const send = latest(sink)
      send(updates.now)
      return updates.onChange(send)
    },
    'update.check': () => updates.check(),
    'update.install': () => updates.install(),
    requests: (_params, sink: Sink<ShellRequest>) =>
      windows.isMain(window) ? parts.requests.follow((request) => sink.send(request)) : () => undefined,
  }
}
