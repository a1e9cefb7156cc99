import type { BrowserWindow, MessagePortMain } from 'electron'
import { serve } from '../../../shared/bridge.ts'
import type { Handlers } from '../../../shared/bridge.ts'
import type { ShellContract } from '../../../shared/shell-contract.ts'
import { shellContract } from '../../../shared/shell-contract.ts'
import type { ChannelHandlers } from './ipc.ts'
import { messagePort } from './message-port.ts'

export interface PagePortsParts {
  readonly channel: () => { readonly port1: MessagePortMain; readonly port2: MessagePortMain }
  readonly attachToEngine: (port: MessagePortMain) => void
  /** The shell's answers to the page of one window. */
  readonly handlers: (window: BrowserWindow) => Handlers<ShellContract>
}

/** Gives pages their ports: one end to the page, the other to the engine or to the shell. */
export function givePorts({ channel, attachToEngine, handlers }: PagePortsParts): ChannelHandlers {
  return {
    'tapedeck:port': (which, window) => {
      const { port1, port2 } = channel()
      if (which === 'engine') attachToEngine(port1)
      else serve(shellContract, handlers(window), messagePort(port1))
      window.webContents.postMessage('tapedeck:port', which, [port2])
    },
  }
}
