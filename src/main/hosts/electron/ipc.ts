import type { BrowserWindow, IpcMain, IpcMainEvent } from 'electron'
import { z } from 'zod'
import { ORIGIN } from './origin.ts'

/** Every channel by which a page can reach main, and what may come through it. Everything else travels over the ports. */
export const CHANNELS = {
  /** Asks for a port: to the engine, or to the shell. It comes back over the channel of the same name. */
  'tapedeck:port': z.enum(['engine', 'shell']),
} as const satisfies Record<`tapedeck:${string}`, z.ZodType>

export type Channel = keyof typeof CHANNELS

export type ChannelHandlers = {
  readonly [C in Channel]: (payload: z.output<(typeof CHANNELS)[C]>, from: BrowserWindow) => void
}

export interface IpcParts {
  readonly ipcMain: Pick<IpcMain, 'on'>
  /** The window of ours whose page sends; undefined for all others. */
  readonly windowOf: (sender: IpcMainEvent['sender']) => BrowserWindow | undefined
  readonly log: (text: string) => void
}

/** Answers the channels, for the main frame of our own pages only, and only what the table allows. */
export function answerChannels(handlers: ChannelHandlers, { ipcMain, windowOf, log }: IpcParts): void {
  for (const channel of Object.keys(CHANNELS) as Channel[])
    ipcMain.on(channel, (event, ...payload: unknown[]) => {
      const window = windowOf(event.sender)
      if (!window || !isOurPage(event)) return log(`${channel}: refused, since no page of ours sent it.`)
      const parsed = CHANNELS[channel].safeParse(payload[0])
      if (!parsed.success || payload.length !== 1) return log(`${channel}: refused, since its payload is not valid.`)
      handlers[channel](parsed.data, window)
    })
}

/** The page's main frame, from our own origin. */
function isOurPage({ sender, senderFrame }: IpcMainEvent): boolean {
  if (!senderFrame || senderFrame !== sender.mainFrame || !URL.canParse(senderFrame.url)) return false
  const { protocol, host } = new URL(senderFrame.url)
  return `${protocol}//${host}` === ORIGIN
}
