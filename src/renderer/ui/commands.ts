/**
 * Named actions: a panel registers what it can do, a key or another panel asks for it by name. The search palette and
 * the list of keys read the same registry.
 */

import { useEffect, useSyncExternalStore } from 'react'
import type { ExportRequest } from '../../shared/export-view.ts'
import type { TapeRow } from '../../shared/market-view.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import type { PageId } from '../../shared/shell-contract.ts'

export type { PageId } from '../../shared/shell-contract.ts'
export { PAGES } from '../../shared/shell-contract.ts'

/** What the export dialog opens with; what is absent keeps its last value. */
export interface ExportIntent {
  readonly kind?: ExportRequest['kind']
  readonly instruments?: readonly InstrumentKey[]
  readonly from?: Millis
  readonly to?: Millis
}

/** A trade whose way is to be shown. */
export interface FollowedTrade {
  readonly instrument: InstrumentKey
  readonly trade: TapeRow
}

/** A candle whose trades are to be listed: `from` inclusive, `to` exclusive. */
export interface FollowedCandle {
  readonly instrument: InstrumentKey
  readonly from: Millis
  readonly to: Millis
}

/** What each command takes. */
export interface CommandParameters {
  'search.open': undefined
  'export.open': ExportIntent | undefined
  'page.open': PageId
  'keys.open': undefined
  'theme.toggle': undefined
  'language.toggle': undefined
  'panel.next': undefined
  'panel.previous': undefined
  'market.open': InstrumentKey
  'indicators.open': undefined
  'trace.trade': FollowedTrade
  'trace.candle': FollowedCandle
}
export type CommandId = keyof CommandParameters

/** A command as the palette and the list of keys show it. */
export interface ListedCommand {
  readonly title: string
  /** 'Mod+K', 'Alt+1', '?': Mod is Ctrl, on macOS ⌘. */
  readonly keys?: readonly string[]
  readonly group: 'pages' | 'panels' | 'market' | 'chart' | 'general'
  readonly run: () => void
}

type Handler = (parameter: never) => void

const handlers = new Map<string, Handler[]>()
let listed: readonly ListedCommand[] = []
const listeners = new Set<() => void>()

function change(next: readonly ListedCommand[]): void {
  listed = next
  for (const listener of listeners) listener()
}

/** Answers a command until left; of several, the newest does. */
export function handleCommand<C extends CommandId>(
  id: C,
  handler: (parameter: CommandParameters[C]) => void,
): () => void {
  const stack = handlers.get(id) ?? []
  handlers.set(id, [...stack, handler])
  return () => {
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((entry) => entry !== handler),
    )
  }
}

/** Runs a command. Nothing happens where nobody answers it: its panel is not on screen. */
export function runCommand<C extends CommandId>(
  id: C,
  ...[parameter]: undefined extends CommandParameters[C] ? [parameter?: CommandParameters[C]] : [CommandParameters[C]]
): void {
  const handler = handlers.get(id)?.at(-1) as ((parameter: unknown) => void) | undefined
  handler?.(parameter)
}

/** Shows commands in the palette and the list of keys, and binds their keys, until left. */
export function listCommands(commands: readonly ListedCommand[]): () => void {
  change([...listed, ...commands])
  return () => change(listed.filter((entry) => !commands.includes(entry)))
}

/** All listed commands now. */
export function useCommands(): readonly ListedCommand[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => listed,
  )
}

/** Answers a command while the component is on screen. */
export function useCommand<C extends CommandId>(id: C, handler: (parameter: CommandParameters[C]) => void): void {
  useEffect(() => handleCommand(id, handler), [id, handler])
}

const SIGN_PLACES: Readonly<Record<string, string>> = { ',': 'Comma', '.': 'Period' }

/** Whether a key press is the combination. Digits and letters go by their place, so that Alt and a Korean layout work. */
export function isCombination(event: KeyboardEvent, combination: string): boolean {
  const parts = combination.split('+')
  const key = parts.pop() ?? ''
  const mac = navigator.platform.startsWith('Mac')
  const control = parts.includes('Mod') && !mac
  const meta = parts.includes('Mod') && mac
  if (event.ctrlKey !== control || event.metaKey !== meta || event.altKey !== parts.includes('Alt')) return false
  if (/^[A-Z0-9]$/.test(key)) {
    return event.shiftKey === parts.includes('Shift') && event.code === (/\d/.test(key) ? `Digit${key}` : `Key${key}`)
  }
  // Where Alt writes signs of its own, the place of the key is what was meant.
  if (parts.includes('Alt') && SIGN_PLACES[key] !== undefined) return event.code === SIGN_PLACES[key]
  // A sign such as '?' needs Shift on some layouts and not on others.
  return event.key === key && (key.length === 1 || event.shiftKey === parts.includes('Shift'))
}

const isWritable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1
  if (bare && isWritable(event.target)) return
  if (document.querySelector('dialog:modal') && !event.ctrlKey && !event.metaKey) return
  const command = listed.findLast((entry) => entry.keys?.some((keys) => isCombination(event, keys)))
  if (!command) return
  event.preventDefault()
  command.run()
}

/** Binds the keys of all listed commands to the window, until left. */
export function bindKeys(): () => void {
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

/** A combination as keyboards are lettered: ['Ctrl', 'K'], on macOS ['⌘', 'K']. */
export function keyCaps(combination: string): readonly string[] {
  const mac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')
  const caps: Readonly<Record<string, string>> = mac ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' } : { Mod: 'Ctrl' }
  const arrows: Readonly<Record<string, string>> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
    ' ': 'Space',
  }
  return combination.split('+').map((part) => caps[part] ?? arrows[part] ?? part)
}
