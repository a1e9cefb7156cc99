import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../shared/settings.ts'
import { openSettings } from './settings-file.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'tapedeck-settings-'))

describe('settings', () => {
  it('are the defaults where there is no file', async () => {
    const file = await openSettings(folder(), {})
    expect(file.state).toEqual({ settings: DEFAULT_SETTINGS, sources: {}, problems: [] })
  })

  it('take the environment over the file over the default, and say which', async () => {
    const home = folder()
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ theme: 'light', zone: 'UTC' }))
    const { state } = await openSettings(home, { TAPEDECK_ZONE: 'local' })
    expect(state.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'light', zone: 'local' })
    expect(state.sources).toEqual({ theme: 'file', zone: 'environment' })
  })

  it('merge a part of a group and keep the rest of it', async () => {
    const home = folder()
    const file = await openSettings(home, {})
    await file.set({ caps: { tradeDays: 7 } })
    expect((await openSettings(home, {})).state.settings.caps).toEqual({ ...DEFAULT_SETTINGS.caps, tradeDays: 7 })
  })

  it.each([
    [{ proxy: 'not a proxy' }, 'proxy: must look like http://host:port or socks5://host:port.'],
    [{ caps: { storeBytes: 5 } }, 'caps.storeBytes: must be at least 50 MB.'],
    [{ colour: 'mauve' }, 'There is no setting "colour".'],
  ])('refuse %j in one sentence that names the field, and change nothing', async (patch, message) => {
    const home = folder()
    const file = await openSettings(home, {})
    await expect(file.set(patch)).rejects.toMatchObject({ fault: { code: 'bad-setting', message } })
    expect(file.state.settings).toEqual(DEFAULT_SETTINGS)
    expect(readdirSync(home)).toEqual([])
  })

  it('refuse to change what the environment sets', async () => {
    const file = await openSettings(folder(), { TAPEDECK_ZONE: 'UTC' })
    await expect(file.set({ zone: 'KST' })).rejects.toMatchObject({
      fault: { message: expect.stringContaining('environment') as string },
    })
  })

  it('S4x-08 take KIS_PAPER_TRADING as the switch between KIS’s accounts, and keep the other feeds', async () => {
    const home = folder()
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ feeds: { coinbase: 'advanced' } }))
    const feeds = async (text: string) => {
      const { state } = await openSettings(home, { KIS_PAPER_TRADING: text })
      return [state.settings.feeds, state.problems.map(({ field }) => field)]
    }
    expect([await feeds('True'), await feeds('0'), await feeds('maybe')]).toEqual([
      [{ coinbase: 'advanced', kis: 'paper' }, []],
      [{ coinbase: 'advanced', kis: 'live' }, []],
      [{ coinbase: 'advanced', kis: 'live' }, ['KIS_PAPER_TRADING.kis']],
    ])
  })

  it('fall back field by field where the file is not valid, and keep the file’s own text', async () => {
    const home = folder()
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ theme: 'purple', zone: 'UTC' }))
    const file = await openSettings(home, {})
    expect(file.state.settings).toEqual({ ...DEFAULT_SETTINGS, zone: 'UTC' })
    expect(file.state.problems.map((problem) => problem.field)).toEqual(['theme'])
    await file.set({ density: 'comfortable' })
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toEqual({
      theme: 'purple',
      zone: 'UTC',
      density: 'comfortable',
    })
  })

  it('keep a file that is no JSON aside', async () => {
    const home = folder()
    writeFileSync(join(home, 'settings.json'), '{"theme":')
    const file = await openSettings(home, {})
    expect(file.state.settings).toEqual(DEFAULT_SETTINGS)
    expect(file.state.problems).toHaveLength(1)
    const aside = readdirSync(home).find((name) => name.startsWith('settings.json.unreadable-'))
    expect(readFileSync(join(home, aside ?? ''), 'utf8')).toBe('{"theme":')
  })

  it('tell listeners, and save changes that come at once one after the other', async () => {
    const home = folder()
    const file = await openSettings(home, {})
    const seen: string[] = []
    file.onChange((state) => seen.push(`${state.settings.theme} ${state.settings.zone}`))
    await Promise.all([file.set({ theme: 'light' }), file.set({ zone: 'UTC' })])
    expect(seen).toEqual(['light KST', 'light UTC'])
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toEqual({ theme: 'light', zone: 'UTC' })
  })
})
