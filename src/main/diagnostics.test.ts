import { expect, it } from 'vitest'
import type { AppInfo, Health, MalformedSample, SettingsView } from '../shared/engine-view.ts'
import type { ItemFeedState } from '../shared/items-contract.ts'
import { DEFAULT_SETTINGS } from '../shared/settings.ts'
import { createDiagnostics, withoutPerson } from './diagnostics.ts'
import { createLog } from './log.ts'
import { createRedactor } from './secrets/redactor.ts'

const CANARY = 'canary-secret-7f3a'
const PERSON = { home: '/home/marie.curie', name: 'marie.curie' }

const HEALTH = {
  at: 1,
  venues: [{ venue: 'upbit', state: 'down', fault: { code: 'proxy-failed', message: `http://me:${CANARY}@proxy:1` } }],
} as unknown as Health
const FEED: ItemFeedState = {
  feed: 'crypto_news',
  url: `https://reader:${CANARY}@rss.example/all`,
  state: 'down',
  since: 1,
  fault: { code: 'feed-gone', message: 'rss.example has nothing at this address (any more) (404).' },
  attempt: 2,
  items: 0,
  duplicates: 0,
  refused: {},
}
const VIEW: SettingsView = {
  settings: { ...DEFAULT_SETTINGS, proxy: `http://me:${CANARY}@proxy:8080`, caFile: '/home/marie.curie/company.pem' },
  sources: { proxy: 'file' },
  watchlist: ['upbit:BTC/KRW'],
  problems: [],
}

function report() {
  const log = createLog(() => undefined)
  log.info(`login with ${CANARY}`)
  log.warn(`/home/marie.curie/.config/Tapedeck is full`)
  const sample: MalformedSample = { at: 1, rule: 'not-json', message: 'No JSON.', frame: '{"trade_price":' }
  const make = createDiagnostics({
    info: { version: '1.2.3', host: 'headless', folder: '/home/marie.curie/.config/Tapedeck', startedAt: 5 } as AppInfo,
    health: () => HEALTH,
    feeds: () => [FEED],
    samples: (venue) => (venue === 'upbit' ? [sample] : []),
    log,
    redactor: createRedactor(CANARY),
    person: PERSON,
  })
  return make(VIEW)
}

it('A-80 the report holds no secret, in no form, and nothing that names the person', () => {
  const text = JSON.stringify(report())
  for (const form of [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 12), 'marie', '/home/'])
    expect(text).not.toContain(form)
})

it('the report holds what a helper needs: versions, settings, states, log and damaged frames', () => {
  const { system, at, ...rest } = report()
  expect(rest).toMatchObject({
    version: '1.2.3',
    folder: '~/.config/Tapedeck',
    settings: { ...DEFAULT_SETTINGS, proxy: 'http://•••@proxy:8080', caFile: '~/company.pem' },
    sources: { proxy: 'file' },
    feeds: [{ ...FEED, url: 'https://•••@rss.example/all' }],
    log: [{ text: 'login with •••' }, { text: '~/.config/Tapedeck is full' }],
    malformed: { upbit: [{ rule: 'not-json', frame: '{"trade_price":' }] },
  })
  expect([Object.keys(system).toSorted(), at > 0]).toEqual([
    ['arch', 'memory', 'node', 'platform', 'processors', 'release'],
    true,
  ])
})

it('the report holds no market data: no trade, bar or book, and no more than the newest 500 lines', () => {
  const log = createLog(() => undefined)
  for (let line = 0; line < 700; line += 1) log.info(`line ${line}`)
  const make = createDiagnostics({
    info: {} as AppInfo,
    health: () => HEALTH,
    feeds: () => [],
    samples: () => [],
    log,
    redactor: createRedactor(),
    person: PERSON,
  })
  const made = make(VIEW)
  expect([made.log.length, made.log.at(0)?.text, made.malformed]).toEqual([500, 'line 200', {}])
  expect(Object.keys(made).toSorted()).toEqual([
    'at',
    'feeds',
    'health',
    'log',
    'malformed',
    'problems',
    'settings',
    'sources',
    'system',
  ])
})

it.each([
  ['C:\\Users\\Someone\\AppData', 'C:\\Users\\•••\\AppData'],
  ['/Users/someone/Library', '/Users/•••/Library'],
  ['socks5://a:b@host:1 and https://host/path@2', 'socks5://•••@host:1 and https://host/path@2'],
  ['marie.curie wrote it', '••• wrote it'],
  ['mariexcurie', 'mariexcurie'],
])('A-80 %s loses whose it is', (text, expected) => {
  expect(withoutPerson(text, PERSON)).toBe(expected)
})

it('a user name as short as a word is left where it stands', () => {
  expect(withoutPerson('root of the tree', { home: '/root', name: 'root' })).toBe('root of the tree')
})
