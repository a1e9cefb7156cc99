import type { NativeImage } from 'electron'
import type { ElectronApi } from './electron-api.ts'
import { trayIcon } from './tray-icon.ts'

const SIZE = 18

/** The tray's icon for this system, sharp on screens of both densities. */
export function trayImage(nativeImage: ElectronApi['nativeImage'], platform: NodeJS.Platform): NativeImage {
  const kind = platform === 'darwin' ? 'template' : 'plate'
  const image = nativeImage.createFromBuffer(trayIcon(SIZE, kind), { scaleFactor: 1 })
  image.addRepresentation({ scaleFactor: 2, buffer: trayIcon(2 * SIZE, kind) })
  if (kind === 'template') image.setTemplateImage(true)
  return image
}
