import { join } from 'node:path'
import type { BrowserWindowConstructorOptions } from 'electron'
import type { Pane } from '../../../shared/shell-contract.ts'

export type WindowKind = 'main' | Pane

interface Size {
  readonly width: number
  readonly height: number
  readonly minWidth: number
  readonly minHeight: number
}

/** How big a window is the first time, and at least. */
export const SIZES: Readonly<Record<WindowKind, Size>> = {
  main: { width: 1600, height: 1000, minWidth: 1180, minHeight: 720 },
  chart: { width: 960, height: 600, minWidth: 480, minHeight: 320 },
  book: { width: 340, height: 640, minWidth: 280, minHeight: 360 },
  tape: { width: 380, height: 640, minWidth: 300, minHeight: 240 },
}

/** The least a page needs and nothing more. Every window is made with these, so that no other options exist. */
export function windowOptions(folder: string, kind: WindowKind): BrowserWindowConstructorOptions {
  return {
    ...SIZES[kind],
    backgroundColor: '#0b0d10',
    show: false,
    title: 'Tapedeck',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(folder, '..', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  }
}
