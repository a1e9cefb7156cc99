import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { describe, expect, it } from 'vitest'
import { followLinks, openArguments, parseLink } from './deep-links.ts'
import { createRequests } from './requests.ts'
import { as, createEvent } from './testing/fake-electron.ts'

describe('links', () => {
  it.each([
    ['tapedeck://market/upbit:BTC/KRW', { kind: 'market', instrument: 'upbit:BTC/KRW' }],
    ['tapedeck://market/upbit%3ABTC%2FKRW', { kind: 'market', instrument: 'upbit:BTC/KRW' }],
    ['tapedeck://page/health', { kind: 'page', page: 'health' }],
    ['tapedeck://page/health/', { kind: 'page', page: 'health' }],
    ['tapedeck://page/none', undefined],
    ['tapedeck://command/quit', undefined],
    ['tapedeck://market/<script>', undefined],
    ['tapedeck://market/%E0%A4%A', undefined],
    [`tapedeck://market/upbit:${'A'.repeat(300)}`, undefined],
    ['https://market/upbit:BTC/KRW', undefined],
    ['--data', undefined],
  ])('A-80 %s shows something or nothing', (text, request) => {
    expect(parseLink(text)).toEqual(request)
  })

  it('come on the command line and from the system, with layout files beside them', () => {
    const app = Object.assign(new EventEmitter(), { isPackaged: true, schemes: [] as string[] })
    const asked: unknown[] = []
    const links = {
      request: (request: unknown) => void asked.push(request),
      openLayout: (path: string) => void asked.push(path),
    }
    followLinks(
      as<App>(Object.assign(app, { setAsDefaultProtocolClient: (name: string) => app.schemes.push(name) })),
      links,
    )
    openArguments(['--demo', 'tapedeck://page/data', '/home/me/a.tapedeck-layout', 'x.txt'], links)
    const [url, file] = [createEvent(), createEvent()]
    app.emit('open-url', url, 'tapedeck://market/upbit:BTC/KRW')
    app.emit('open-file', file, '/b.tapedeck-layout')
    expect([app.schemes, url.prevented, file.prevented, asked]).toEqual([
      ['tapedeck'],
      true,
      true,
      [
        { kind: 'page', page: 'data' },
        '/home/me/a.tapedeck-layout',
        { kind: 'market', instrument: 'upbit:BTC/KRW' },
        '/b.tapedeck-layout',
      ],
    ])
  })

  it('wait for a page, and go to the newest', () => {
    const requests = createRequests()
    const taken: unknown[] = []
    requests.send({ kind: 'page', page: 'data' })
    const leave = requests.follow((request) => taken.push(['first', request.kind]))
    requests.follow((request) => taken.push(['second', request.kind]))
    leave()
    requests.send({ kind: 'command', command: 'keys.open' })
    expect(taken).toEqual([
      ['first', 'page'],
      ['second', 'command'],
    ])
  })
})
