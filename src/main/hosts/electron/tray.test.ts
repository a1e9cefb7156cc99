import { EventEmitter } from 'node:events'
import type { NativeImage } from 'electron'
import { describe, expect, it } from 'vitest'
import type { TickerRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { ElectronApi } from './electron-api.ts'
import { as } from './testing/fake-electron.ts'
import { clickAll } from './testing/menus.ts'
import { trayIcon } from './tray-icon.ts'
import { trayText } from './tray-text.ts'
import { openTray, trayMenu } from './tray.ts'
import { WORDS } from './words.ts'

const row = (instrument: InstrumentKey, last: string, more: Partial<TickerRow> = {}): TickerRow => ({
  instrument,
  at: 1,
  receivedAt: 1,
  origin: 'stream',
  last,
  ...more,
})

describe('the tray', () => {
  const BTC = 'upbit:BTC/KRW' as const
  const ETH = 'binance:ETH/USDT' as const
  const tickers = new Map([[BTC as InstrumentKey, row(BTC, '137500000', { change: '0.0125' })]])

  it.each([
    [row(BTC, '137500000', { change: '0.0125' }), 'BTC/KRW 137,500,000 +1.25%'],
    [row(BTC, '999.5', { open24h: '1000' }), 'BTC/KRW 999.5 −0.05%'],
    [row(BTC, '0.0007772', { change: '0' }), 'BTC/KRW 0.0007772 0.00%'],
    [row(BTC, '1234567.890123'), 'BTC/KRW 1,234,567.890123'],
    [undefined, 'BTC/KRW no data yet'],
  ])('A-66 a value is price and change as the venue gives them', (ticker, text) => {
    expect(trayText(BTC, ticker, 'no data yet')).toBe(text)
  })

  it('A-66 shows the chosen values, the engine’s state and the ways in and out, and does what they say', () => {
    const asked: unknown[] = []
    const menu = trayMenu(
      { words: WORDS.en, engine: 'running', markets: [BTC, ETH], tickers },
      { show: () => asked.push('show'), openMarket: (market) => asked.push(market), quit: () => asked.push('quit') },
    )
    expect(menu.map(({ label, type }) => label ?? type)).toEqual([
      'BTC/KRW 137,500,000 +1.25%',
      'ETH/USDT no data yet',
      'separator',
      'Engine: running',
      'Show Tapedeck',
      'separator',
      'Quit Tapedeck',
    ])
    clickAll(menu)
    expect(asked).toEqual([BTC, ETH, 'show', 'quit'])
  })

  it('A-66 is renewed only when something in it changed, and goes when it is closed', () => {
    const calls: unknown[] = []
    class Tray extends EventEmitter {
      setTitle = (text: string) => calls.push(['title', text])
      setToolTip = (text: string) => calls.push(['tip', text])
      setContextMenu = () => calls.push(['menu'])
      destroy = () => calls.push(['destroy'])
    }
    const electron = as<ElectronApi>({ Tray, Menu: { buildFromTemplate: (items: unknown) => items } })
    const actions = { show: () => undefined, openMarket: () => undefined, quit: () => undefined }
    const tray = openTray(electron, as<NativeImage>({}), 'darwin', actions)
    const view = { words: WORDS.en, engine: 'running', markets: [BTC, ETH], tickers } as const
    tray?.show(view)
    tray?.show({ ...view, tickers: new Map(tickers) })
    tray?.show({ ...view, engine: 'restarting' })
    tray?.close()
    const text = 'BTC/KRW 137,500,000 +1.25%'
    const shown = [
      ['title', `${text}  ETH/USDT no data yet`],
      ['tip', `Tapedeck\n${text}\nETH/USDT no data yet`],
      ['menu'],
    ]
    expect(calls).toEqual([...shown, ...shown, ['destroy']])
  })

  it('A-66 a desktop without one is no reason to fail', () => {
    function Tray() {
      throw new Error('no tray')
    }
    const actions = { show: () => undefined, openMarket: () => undefined, quit: () => undefined }
    expect(openTray(as<ElectronApi>({ Tray, Menu: {} }), as<NativeImage>({}), 'linux', actions)).toBeUndefined()
  })

  it('its icon is a PNG of the size that is asked for', () => {
    for (const size of [18, 36]) {
      const icon = trayIcon(size, 'plate')
      expect([icon.subarray(1, 4).toString(), icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([
        'PNG',
        size,
        size,
      ])
    }
  })
})
