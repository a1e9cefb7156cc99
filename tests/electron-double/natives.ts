/** What belongs to the desktop and has no screen here: state where the app asks for it, and a record of every call. */

import { EventEmitter } from 'node:events'
import { Menu, MenuItem, Notification, Tray, notifications, outline, trays } from './menus.ts'
import { record, recorded } from './record.ts'

class NativeImage {
  private readonly source: string
  constructor(source = '') {
    this.source = source
  }
  isEmpty = (): boolean => this.source === ''
  getSize = (): object => ({ width: 16, height: 16 })
  resize = (): NativeImage => this
  setTemplateImage = (): void => undefined
  addRepresentation = (): void => undefined
  toPNG = (): Buffer => Buffer.alloc(0)
  toDataURL = (): string => this.source
}

export const nativeImage = {
  createEmpty: () => new NativeImage(),
  createFromPath: (path: string) => new NativeImage(path),
  createFromDataURL: (url: string) => new NativeImage(url),
  createFromBuffer: () => new NativeImage('buffer'),
  createFromNamedImage: (name: string) => new NativeImage(name),
}

/** What a user would answer: tests put it here; without one, dialogs are cancelled. */
const answers: { open: string[][]; save: string[]; box: number[] } = { open: [], save: [], box: [] }

const boxOf = (args: readonly unknown[]) => args.at(-1) as { cancelId?: number; defaultId?: number }
export const dialog = recorded('dialog', {
  showOpenDialog: () => {
    const filePaths = answers.open.shift()
    return Promise.resolve({ canceled: filePaths === undefined, filePaths: filePaths ?? [] })
  },
  showSaveDialog: () => {
    const filePath = answers.save.shift()
    return Promise.resolve({ canceled: filePath === undefined, filePath: filePath ?? '' })
  },
  showMessageBox: (...args: unknown[]) =>
    Promise.resolve({ response: answers.box.shift() ?? boxOf(args).cancelId ?? 0, checkboxChecked: false }),
  showMessageBoxSync: (...args: unknown[]) => answers.box.shift() ?? boxOf(args).cancelId ?? 0,
  showErrorBox: () => undefined,
})

let copied = ''
export const clipboard = recorded('clipboard', {
  writeText: (text: string) => void (copied = text),
  readText: () => copied,
  clear: () => void (copied = ''),
})

export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleState: () => 'active',
  getSystemIdleTime: () => 0,
  isOnBatteryPower: () => false,
  getCurrentThermalState: () => 'unknown',
})

const blockers = new Set<number>()
export const powerSaveBlocker = recorded('powerSaveBlocker', {
  start: () => {
    const id = blockers.size + 1
    blockers.add(id)
    return id
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
})

/** Set by TAPEDECK_DOUBLE_KEYCHAIN: 'none' where the desktop has no keychain, 'basic_text' where it only scrambles. */
const keychain = process.env['TAPEDECK_DOUBLE_KEYCHAIN'] ?? 'gnome_libsecret'
const MASK = 0x5a
export const safeStorage = {
  isEncryptionAvailable: () => keychain !== 'none',
  getSelectedStorageBackend: () => (keychain === 'none' ? 'unknown' : keychain),
  setUsePlainTextEncryption: () => record('safeStorage.setUsePlainTextEncryption', []),
  encryptString: (text: string) => {
    if (keychain === 'none') throw new Error('Error while encrypting the text: encryption is not available.')
    return Buffer.concat([Buffer.from('v11'), Buffer.from(Buffer.from(text, 'utf8').map((byte) => byte ^ MASK))])
  },
  decryptString: (sealed: Buffer) => {
    if (keychain === 'none' || sealed.subarray(0, 3).toString() !== 'v11')
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
    return Buffer.from(sealed.subarray(3).map((byte) => byte ^ MASK)).toString('utf8')
  },
  isAsyncEncryptionAvailable: () => Promise.resolve(keychain !== 'none'),
  encryptStringAsync: (text: string) => Promise.resolve(safeStorage.encryptString(text)),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: safeStorage.decryptString(sealed), shouldReEncrypt: false }),
}

const display = (id: number, x: number, y: number, width: number, height: number) => ({
  id,
  bounds: { x, y, width, height },
  workArea: { x, y, width, height: height - 40 },
  scaleFactor: 1,
})
/** The one display of the double. */
export const PRIMARY = display(1, 0, 0, 1920, 1080)
const displays = [PRIMARY]
export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => PRIMARY,
  getDisplayMatching: () => displays[0]!,
  getDisplayNearestPoint: () => displays[0]!,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
})

const shortcuts = new Map<string, () => void>()
export const globalShortcut = recorded('globalShortcut', {
  register: (accelerator: string, run: () => void) => shortcuts.size < shortcuts.set(accelerator, run).size,
  unregister: (accelerator: string) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
  isRegistered: (accelerator: string) => shortcuts.has(accelerator),
})

export const shell = recorded('shell', {
  openExternal: () => Promise.resolve(),
  openPath: () => Promise.resolve(''),
  showItemInFolder: () => undefined,
  trashItem: () => Promise.resolve(),
  beep: () => undefined,
})

export const autoUpdater = Object.assign(
  new EventEmitter(),
  recorded('autoUpdater', {
    setFeedURL: () => undefined,
    getFeedURL: () => '',
    checkForUpdates: () => undefined,
    quitAndInstall: () => undefined,
  }),
)

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true, themeSource: 'system' })
export const crashReporter = recorded('crashReporter', {
  start: () => undefined,
  getUploadToServer: () => false,
  setUploadToServer: () => undefined,
  addExtraParameter: () => undefined,
})
export const net = { fetch: (input: string) => fetch(input), isOnline: () => true, online: true }

/** For tests alone: what Electron has no way to ask for. */
export const double = { trays, notifications, answers, displays, shortcuts, blockers, outline }

export { Menu, MenuItem, Notification, Tray }
