/**
 * The screen that the double's windows stand on: a virtual one of their own (Xvfb) where that is installed, so that they are
 * real windows and nobody's work is disturbed.
 */

import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { PRIMARY } from './natives.ts'

export interface Screen {
  /** `virtual`: Xvfb. `own`: the one of whoever runs this. `none`: Chromium runs headless. */
  readonly kind: 'virtual' | 'own' | 'none'
  readonly environment: NodeJS.ProcessEnv
  close(): void
}

const NONE: Screen = { kind: 'none', environment: process.env, close: () => undefined }

/** TAPEDECK_DOUBLE_SCREEN: `own`, `none`; without it a virtual one, else none. */
export async function openScreen(): Promise<Screen> {
  const wanted = process.env['TAPEDECK_DOUBLE_SCREEN'] ?? 'virtual'
  if (wanted === 'own') return { ...NONE, kind: 'own' }
  return wanted === 'virtual' ? openVirtual() : NONE
}

async function openVirtual(): Promise<Screen> {
  const { width, height } = PRIMARY.bounds
  // It takes the first number that is free, and tells it on this descriptor once it answers.
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const told = child.stdio[3] as Readable
  const number = await new Promise<string | undefined>((resolve) => {
    let text = ''
    told.on('data', (part: Buffer) => {
      text += part.toString()
      if (text.endsWith('\n')) resolve(text.trim())
    })
    child.once('error', () => resolve(undefined))
    child.once('exit', () => resolve(undefined))
  })
  if (number === undefined) return NONE
  const { WAYLAND_DISPLAY: _theirs, ...environment } = process.env
  return {
    kind: 'virtual',
    environment: { ...environment, DISPLAY: `:${number}` },
    close: () => void child.kill(),
  }
}
