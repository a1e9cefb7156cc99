import { join } from 'node:path'
import type { BrowserWindowConstructorOptions } from 'electron'
import { BrowserWindow } from 'electron'

/** The least a page needs and nothing more. Every window is made by openWindow, so that no other options exist. */
export function windowOptions(folder: string): BrowserWindowConstructorOptions {
  return {
    width: 1600,
    height: 1000,
    minWidth: 1180,
    minHeight: 720,
    backgroundColor: '#0b0d10',
    show: false,
    title: 'Tapedeck',
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

export function openWindow(folder: string, origin: string): BrowserWindow {
  const window = new BrowserWindow(windowOptions(folder))
  window.once('ready-to-show', () => window.show())
  window.removeMenu()
  void window.loadURL(`${origin}/index.html`)
  return window
}
