/** The page's conversation with the shell around it: the desktop's, or the browser's own answers to the same contract. */

import type { Client } from '../../shared/bridge.ts'
import { createClient, createPortPair, serve } from '../../shared/bridge.ts'
import type { EngineState, ShellContract, ShellInfo } from '../../shared/shell-contract.ts'
import { shellContract } from '../../shared/shell-contract.ts'
import { useEffect, useState } from 'react'
import { browserShell } from './browser-shell.ts'
import { openShellPort } from './host-port.ts'

let client: Promise<Client<ShellContract>> | undefined

/** The one client of this page. The shell lives as long as the window, so its port is never lost. */
export function shell(): Promise<Client<ShellContract>> {
  client ??= open()
  return client
}

async function open(): Promise<Client<ShellContract>> {
  const port = await openShellPort()
  if (port) return createClient<ShellContract>(port)
  const [ours, answering] = createPortPair()
  serve(shellContract, browserShell, answering)
  return createClient<ShellContract>(ours)
}

/** Asks the shell once. */
export const askShell: Client<ShellContract>['call'] = async (name, params, timeout) =>
  (await shell()).call(name, params, timeout)

/** Follows one of the shell's streams until left. */
export const followShell: Client<ShellContract>['open'] = (name, params, onValue, onEnd) => {
  let left = false
  let leave: (() => void) | undefined
  void shell().then((opened) => {
    if (!left) leave = opened.open(name, params, onValue, onEnd)
  })
  return () => {
    left = true
    leave?.()
  }
}

/** What the shell can do; undefined until it has answered. */
export function useShellInfo(): ShellInfo | undefined {
  const [info, setInfo] = useState<ShellInfo>()
  useEffect(() => {
    askShell('shell.info', {}).then(setInfo, () => undefined)
  }, [])
  return info
}

/** How the engine's process is, as the desktop shell sees it; undefined in a browser. */
export function useEngineState(): EngineState | undefined {
  const [state, setState] = useState<EngineState>()
  useEffect(() => followShell('engine', {}, setState), [])
  return state
}
