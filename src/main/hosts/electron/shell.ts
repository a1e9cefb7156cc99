import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { toFault } from '../../../shared/faults.ts'
import { defaultFolder, demoFolder } from '../folders.ts'
import { VERSION } from '../version.ts'
import { applyLayout, currentLayout } from './current-layout.ts'
import type { LinksIn } from './deep-links.ts'
import { followLinks, openArguments } from './deep-links.ts'
import { parseDesktopOptions } from './desktop-options.ts'
import { createDiagnosticsSaver } from './diagnostics.ts'
import { onlyExports } from './downloads.ts'
import type { ElectronApi } from './electron-api.ts'
import { createEmulatorProcess } from './emulator-process.ts'
import { answerEngine } from './engine-answers.ts'
import { followEngine } from './engine-client.ts'
import { createEngineSupervisor } from './engine-supervisor.ts'
import { answerChannels } from './ipc.ts'
import { createKeepAwake } from './keep-awake.ts'
import { createLayouts } from './layouts.ts'
import { installLinks } from './links.ts'
import { createLoginItem } from './login-item.ts'
import { createNotifications } from './notifications.ts'
import { SCHEME } from './origin.ts'
import { givePorts } from './page-ports.ts'
import { pageHandler } from './page-protocol.ts'
import { installPermissions } from './permissions.ts'
import { followPower } from './power.ts'
import { createPresence } from './presence.ts'
import { createProcesses } from './processes.ts'
import { installQuit } from './quit.ts'
import { createRequests } from './requests.ts'
import { openSafeSecrets } from './secrets.ts'
import type { ShellHandlerParts } from './shell-handlers.ts'
import { createShellHandlers } from './shell-handlers.ts'
import { describeShell } from './shell-info.ts'
import { createShellLog } from './shell-log.ts'
import { trayImage } from './tray-image.ts'
import { openTray } from './tray.ts'
import type { Updater } from './updates.ts'
import { createUpdates } from './updates.ts'
import { readWindowState, writeWindowState } from './window-state.ts'
import { createWindows } from './windows.ts'
import { fill } from './words.ts'

export interface ShellParts {
  readonly electron: ElectronApi
  /** Of the built main. The preload and the page lie beside it. */
  readonly folder: string
  /** The command line without the program and, in development, without the script. */
  readonly argv: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  /** Asked once the data folder is known. Absent or undefined: this build does not update itself. */
  readonly updater?: () => Updater | undefined
}

export interface Shell {
  /** Settles when the first window is being opened; at once where another instance already runs. */
  readonly ready: Promise<void>
}

/**
 * The desktop app: windows, tray, menus, dialogs, key store, sleep and updates around one engine. What happens before
 * Electron is ready comes first, since some of it is refused later.
 */
export function openShell(parts: ShellParts): Shell {
  const { electron, environment } = parts
  const { app, protocol } = electron
  const options = parseDesktopOptions(parts.argv)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  if (options.folder !== undefined) app.setPath('userData', options.folder)
  else if (!app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', defaultFolder(environment, parts.platform))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return { ready: Promise.resolve() }
  }
  return { ready: compose(parts) }
}

async function compose({ electron, folder, argv, environment, platform, ...parts }: ShellParts): Promise<void> {
  const { app, dialog, powerMonitor, protocol } = electron
  const options = parseDesktopOptions(argv)
  const data = app.getPath('userData')
  const updater = parts.updater?.()
  const log = createShellLog()
  const requests = createRequests()
  const quit = () => app.quit()

  // What other programs ask for waits until there is a window to show it in.
  let openLinks: LinksIn | undefined
  const early: ((links: LinksIn) => void)[] = []
  const open = (ask: (links: LinksIn) => void) => (openLinks ? ask(openLinks) : early.push(ask))
  installLinks({ app, openExternal: (url) => electron.shell.openExternal(url), log: log.say })
  followLinks(app, {
    request: (request) => void open((links) => links.request(request)),
    openLayout: (path) => void open((links) => links.openLayout(path)),
  })

  await app.whenReady()
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const secrets = openSafeSecrets({
    safeStorage: electron.safeStorage,
    platform,
    folder: data,
    passphrase: Boolean(environment['TAPEDECK_PASSPHRASE']),
  })
  const processes = createProcesses(electron, folder, environment)
  const emulator = createEmulatorProcess(processes.emulator)
  const channel = () => new electron.MessageChannelMain()
  const supervisor = createEngineSupervisor({
    fork: () => processes.engine([data, VERSION, ...argv]),
    channel,
    begin: () => ({ kind: 'begin', secrets: secrets.state() }),
    answer: answerEngine(secrets, emulator),
    log: log.say,
  })
  const redeem = onlyExports(supervisor.redeem, [data, demoFolder(data)])
  protocol.handle(SCHEME, pageHandler(join(folder, '..', 'renderer'), redeem))
  installPermissions(electron.session.defaultSession)

  const windows = createWindows({
    create: (given) => new electron.BrowserWindow(given),
    screen: electron.screen,
    folder,
    state: readWindowState(data),
    onState: (state) => writeWindowState(data, state),
    staysInTray: () => tray !== undefined && presence.desktop.closeToTray,
    onHidden: () => notifications.show({ title: presence.words.hiddenTitle, text: presence.words.hiddenText }),
    onMainClosed: quit,
    onSessionEnd: quit,
    log: log.say,
  })
  const links: LinksIn = {
    request(request) {
      requests.send(request)
      windows.focusMain()
    },
    openLayout: (path) => void layouts.open(path).catch((error: unknown) => log.say(toFault(error).message)),
  }
  const tray = openTray(electron, trayImage(electron.nativeImage, platform), platform, {
    show: windows.focusMain,
    openMarket: (instrument) => links.request({ kind: 'market', instrument }),
    quit,
  })
  const notifications = createNotifications({
    Notification: electron.Notification,
    wanted: () => presence.desktop.notifications,
    onClick: windows.focusMain,
  })
  const updates = createUpdates({
    updater,
    onReady: (version) =>
      notifications.show({ title: fill(presence.words.updateTitle, { version }), text: presence.words.updateText }),
    log: log.say,
  })
  const loginItem = createLoginItem({ app, platform, environment, home: homedir(), execPath: process.execPath })
  const fromMenu = (work: (window: BrowserWindow) => Promise<unknown>) => () => {
    const window = windows.main()
    work(window).catch((error: unknown) => dialog.showErrorBox('Tapedeck', toFault(error).message))
  }
  const presence = createPresence({
    Menu: electron.Menu,
    platform,
    locale: app.getLocale(),
    tray,
    notifications,
    loginItem,
    keepAwake: createKeepAwake(electron.powerSaveBlocker),
    updates,
    menuActions: {
      request: links.request,
      exportLayout: fromMenu((window) => layouts.export(window)),
      importLayout: fromMenu((window) => layouts.import(window)),
      saveDiagnostics: fromMenu((window) => diagnostics(window)),
      checkUpdates: () => void updates.check(),
      installUpdate: () => updates.install(),
      quit,
    },
    onMarkets: (markets) => client.follow(markets),
  })
  supervisor.onState(presence.onEngine)
  updates.onChange(presence.onUpdate)
  const client = followEngine(supervisor, presence)

  const layouts = createLayouts({
    dialog,
    fileType: () => presence.words.layoutFile,
    current: () => currentLayout(windows, client),
    apply: (layout) => applyLayout(layout, windows, client, requests),
  })
  const info = () =>
    describeShell({
      platform,
      can: {
        tray: tray !== undefined,
        openAtLogin: loginItem.possible,
        notify: notifications.possible,
        updates: updater !== undefined,
      },
      secrets: secrets.where,
    })
  const diagnostics = createDiagnosticsSaver({
    dialog,
    fileType: () => presence.words.diagnosticsFile,
    engine: () => client.call('diagnostics.report', {}),
    shell: () => ({
      info: info(),
      engine: supervisor.state,
      update: updates.now,
      windows: windows.list(),
      displays: electron.screen
        .getAllDisplays()
        .map(({ bounds, scaleFactor }) => ({ width: bounds.width, height: bounds.height, scale: scaleFactor })),
      log: log.recent(),
    }),
  })

  const handlers: ShellHandlerParts = {
    info,
    windows,
    supervisor,
    layouts,
    diagnostics,
    notify: notifications.show,
    updates,
    requests,
  }
  answerChannels(
    givePorts({
      channel,
      attachToEngine: supervisor.attach,
      handlers: (window) => createShellHandlers(handlers, window),
    }),
    { ipcMain: electron.ipcMain, windowOf: windows.of, log: log.say },
  )
  followPower({ powerMonitor, tell: (state) => supervisor.tell({ kind: 'power', state }), quit })
  app.on('second-instance', (_event, args) => {
    windows.focusMain()
    openArguments(args.slice(1), links)
  })
  app.on('activate', windows.focusMain)
  // Without a listener Electron would quit; whether to is the main window's question.
  app.on('window-all-closed', () => undefined)
  installQuit({
    app,
    log: log.say,
    onLate(step) {
      log.say(`Quitting took too long (${step}). What the journal has is safe.`)
      supervisor.kill()
    },
    steps: [
      { name: 'windows', run: windows.beginQuit },
      { name: 'updates', run: updates.close },
      { name: 'engine', run: supervisor.close },
      { name: 'demo market', run: emulator.stop },
      { name: 'tray', run: () => tray?.close() },
    ],
  })

  supervisor.start()
  windows.restore(options.hidden)
  openLinks = links
  openArguments(options.opens, links)
  for (const ask of early.splice(0)) ask(links)
}
