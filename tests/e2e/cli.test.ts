import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ItemFeedState } from '../../src/shared/items-contract.ts'
import { connect, run, start, tempFolder, until } from '../tapedeck.ts'

const home = tempFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

const COMMANDS = ['start', 'serve', 'collect', 'export', 'markets', 'status', 'backup', 'backups', 'restore', 'decode']
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

/** Processes of the emulator that have this parent. */
function emulatorsOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const [, after = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')
      const isChild = Number(after.split(' ')[1]) === parent
      return isChild && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('emulator.js') ? [Number(name)] : []
    } catch {
      return [] // No process, or one that has ended meanwhile.
    }
  })
}
const isRunning = (pid: number) => existsSync(`/proc/${pid}`)

/** Runs a page's engine in the demo until the test ends it. */
async function serveDemo(folder: string) {
  const command = start(['serve', '--demo', '--data', folder, '--rate', '200', '--seed', '4'])
  await until(command.out, (out) => out.includes('#token='), 30_000)
  return command
}

describe('what it says of itself', () => {
  test.concurrent.each(COMMANDS)('%s --help tells its options on stdout and ends with 0', async (name) => {
    const { code, out, said } = await run([name, '--help'])
    expect({ code, said }).toEqual({ code: 0, said: '' })
    expect(out).toMatch(new RegExp(`^Usage: tapedeck ${name} `))
  })

  test('without a command it tells them all, on stderr, and ends with 2', async () => {
    const { code, out, said } = await run([])
    expect([code, out]).toEqual([2, ''])
    for (const name of COMMANDS) expect(said).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  test('--version is the version and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string
    }
    expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, said: '' })
  })
})

describe('a wrong command line ends with 2, names the field and says the remedy', () => {
  const elsewhere = ['--data', join(home, 'unused')]
  test.concurrent.each([
    ['serve --port 99999', '--port', '0 to 65535'],
    ['serve --rate 0', '--rate', '1 to 20000'],
    ['serve --demo --live', '--live', 'cannot be used with'],
    ['serve --bogus', '--bogus', '--help'],
    ['serve --exchanges mtgox', '--exchanges', 'Choose from: upbit'],
    ['collect --seconds soon', '--seconds', 'above 0'],
    ['collect --seed 1.5', '--seed', 'whole number'],
    ['collect --rate 99999', '--rate', '1 to 20000'],
    ['collect --markets BTC', '--markets', 'upbit:BTC/KRW'],
    ['collect --markets mtgox:BTC/USD', '--markets', 'Choose from: upbit'],
    ['collect --exchanges binance --markets upbit:BTC/KRW', '--exchanges', 'leaves out'],
    ['export --from yesterday', '--from', '90m'],
    ['export --interval 7x', '--interval', '1s, 5m, 4h or 1d'],
    ['export --feeds reuters', '--feeds', 'Choose from: crypto_news'],
    ['export --feeds coinness', '--feeds', '--kind items'],
    ['export --kind items --markets upbit:BTC/KRW', '--markets', '--feeds'],
    ['export --kind indices --feeds coinness', '--feeds', 'Choose from: cnn_fear_greed, alternative_me'],
    ['export --kind indices --markets upbit:BTC/KRW', '--markets', '--feeds'],
    ['export --kind candles', '--kind', 'bars-1s'],
    ['decode mtgox', 'exchange', 'upbit'],
    ['decode', 'exchange', '--help'],
    ['sing', 'sing', '--help'],
  ])('%s', async (line, field, remedy) => {
    const { code, out, said } = await run([...line.split(' '), ...(/^(decode|sing)/.test(line) ? [] : elsewhere)])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(said).toContain(field)
    expect(said).toContain(remedy)
    expect(said).not.toMatch(/\n\s+at /)
  })

  test('and makes no folder', () => {
    expect(existsSync(join(home, 'unused'))).toBe(false)
  })
})

describe('decode', () => {
  const trade = (id: number, price: string) =>
    `{"type":"trade","code":"KRW-BTC","timestamp":1790000001046,"trade_timestamp":1790000001000,"trade_price":${price},"trade_volume":0.5,"ask_bid":"ASK","sequential_id":${id},"stream_type":"REALTIME"}`
  const good = (line: number, id: number, price: string) => ({
    line,
    market: 'KRW-BTC',
    at: 1_790_000_001_000,
    data: { kind: 'trade', id: String(id), price, size: '0.5', side: 'sell' },
  })

  test('prints a line of JSON per event, and 0 when every line was read', async () => {
    const { code, out, said } = await run(['decode', 'upbit'], {
      input: `${trade(1, '100.10')}\n\n${trade(2, '1.0E-8')}\r\n{"status":"UP"}`,
    })
    expect({ code, said }).toEqual({ code: 0, said: '' })
    expect(linesOf(out)).toEqual([good(1, 1, '100.1'), good(3, 2, '0.00000001')])
  })

  test('says line and reason of what is wrong, goes on, and ends with 3', async () => {
    const { code, out, said } = await run(['decode', 'upbit'], {
      input: `{bad\n${trade(1, '5')}\n{"type":"trade"}\n\u0000\uffff\n`,
    })
    expect({ code, said }).toEqual({ code: 3, said: 'tapedeck: 3 wrong lines\n' })
    const lines = linesOf(out)
    expect(lines[1]).toEqual(good(2, 1, '5'))
    for (const [index, line] of [
      [0, 1],
      [2, 3],
      [3, 4],
    ] as const)
      expect(lines[index]).toEqual({ line, error: expect.stringMatching(/\S/) as string })
  })

  test('--all tells control frames too', async () => {
    const input = `{"status":"UP"}\n${trade(1, '5')}\n{"error":{"name":"NO_TICKET","message":"no ticket"}}\n`
    const { code, out } = await run(['decode', 'upbit', '--all'], { input })
    expect(code).toBe(0)
    expect(linesOf(out)).toEqual([
      { line: 1, control: { control: 'pong' } },
      good(2, 1, '5'),
      { line: 3, control: { control: 'refused', reason: 'NO_TICKET: no ticket' } },
    ])
  })

  test('an empty input gives nothing, and that is no error', async () => {
    expect(await run(['decode', 'binance'], { input: '' })).toEqual({ code: 0, out: '', said: '' })
  })

  test('a line of many megabytes is one wrong line', async () => {
    const { code, out } = await run(['decode', 'upbit'], {
      input: `{"x":"${'x'.repeat(20_000_000)}"}\n${trade(1, '5')}\n`,
    })
    expect(code).toBe(3)
    expect(linesOf(out)).toEqual([{ line: 1, error: expect.stringContaining('longer') as string }, good(2, 1, '5')])
  })

  test('a reader that stops reading ends it at once and quietly', async () => {
    const command = start(['decode', 'upbit'], { input: `${trade(1, '5')}\n`.repeat(100_000) })
    await until(command.out, (out) => out.includes('\n'))
    command.child.stdout?.destroy()
    const { code, said } = await command.ended
    expect({ code, said }).toEqual({ code: 0, said: '' })
  })
})

describe('beside a running engine', () => {
  const folder = join(home, 'live')
  let engine: Awaited<ReturnType<typeof serveDemo>>
  beforeAll(async () => {
    engine = await serveDemo(folder)
  })
  afterAll(async () => {
    await engine?.end()
  })
  const status = async () => run(['status', '--data', folder, '--json'])
  const trades = async () => {
    const { out } = await status()
    return (JSON.parse(out) as { health: { store: { trades: number } } }).health.store.trades
  }

  test('stdout of serve is its address and nothing else', () => {
    expect(engine.out()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/)
    expect(engine.said()).not.toContain('#token=')
  })

  test('status tells how it is, as text and as one line of JSON', async () => {
    const text = await run(['status', '--data', folder])
    expect({ code: text.code, said: text.said }).toEqual({ code: 0, said: '' })
    expect(text.out).toContain(`process ${engine.pid}, DEMO`)
    expect(text.out).toMatch(/^news     coinness (waiting|live), \d+ items$/m)
    const { code, out } = await status()
    expect(code).toBe(0)
    expect(linesOf(out)).toMatchObject([
      { pid: engine.pid, info: { folder: `${folder}-demo`, mode: { mode: 'demo' } }, feeds: { length: 9 } },
    ])
  })

  test('export writes what is stored so far, and the engine goes on', async () => {
    await until(trades, (count) => count > 50)
    const file = join(home, 'trades.csv')
    const { code, out, said } = await run(['export', '--data', folder, '--demo', '--kind', 'trades', '--out', file])
    expect({ code, said }).toEqual({ code: 0, said: '' })
    const [{ rows }] = linesOf(out) as [{ rows: number }]
    expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(rows + 1)
    expect(rows).toBeGreaterThan(50)
    await until(trades, (count) => count > rows)
  })

  test('export of the empty live folder says so and how to choose another', async () => {
    const { code, out, said } = await run(['export', '--data', folder])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(said).toContain('--demo')
    expect(said).not.toMatch(/\n\s+at /)
  })

  test.each([
    ['serve', []],
    ['collect', ['--seconds', '1']],
  ])(
    'a second engine (%s) on the same folder is refused with the pid of the first, and leaves nothing running',
    async (name, more) => {
      const second = start([name, '--demo', '--data', folder, ...more])
      const { code, out, said } = await second.ended
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(said).toContain(`in use by process ${engine.pid}`)
      expect(said).toContain('--data')
      expect(said).not.toMatch(/\n\s+at /)
      expect(emulatorsOf(1)).toEqual([])
      expect((await status()).code).toBe(0)
    },
  )

  test('SIGTERM ends it cleanly within 5 s, with nothing left: no engine.json, no lock, no emulator', async () => {
    const emulators = emulatorsOf(engine.pid)
    expect(emulators).toHaveLength(1)
    const asked = Date.now()
    const { code } = await engine.end('SIGTERM')
    expect(code).toBe(0)
    expect(Date.now() - asked).toBeLessThan(5_000)
    const left = readdirSync(`${folder}-demo`)
    expect(left.filter((name) => /^engine\.(json|pid)$|-wal$|-shm$/.test(name))).toEqual([])
    await until(
      () => emulators.filter(isRunning),
      (running) => running.length === 0,
      5_000,
    )
  })

  test('status then says that none runs, with 4', async () => {
    const { code, out, said } = await status()
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(said).toContain(folder)
  })

  test('an emulator that is killed is replaced, and the demo’s trades go on', async () => {
    const demo = await serveDemo(folder)
    const [first] = emulatorsOf(demo.pid)
    const bridge = await connect(demo)
    const newest = async () =>
      (await bridge.call('history.trades', { instrument: 'upbit:BTC/KRW', count: 1 }))[0]?.at ?? 0
    await until(newest, (at) => at > 0)
    process.kill(first!, 'SIGKILL')
    await until(
      () => emulatorsOf(demo.pid),
      ([next]) => next !== undefined && next !== first,
      30_000,
    )
    const since = Date.now()
    await until(newest, (at) => at > since, 60_000)
    bridge.close()
    await demo.end()
  })

  test('kill -9 of the engine leaves no emulator behind, and the next one starts on the same folder', async () => {
    const killed = await serveDemo(folder)
    const emulators = emulatorsOf(killed.pid)
    expect(emulators).toHaveLength(1)
    await killed.end('SIGKILL')
    await until(
      () => emulators.filter(isRunning),
      (running) => running.length === 0,
      5_000,
    )
    expect((await status()).code).toBe(4)
    const { code, out } = await run(['collect', '--demo', '--data', folder, '--seconds', '1'])
    expect(code).toBe(0)
    expect(linesOf(out)).toMatchObject([{ folder: `${folder}-demo`, demo: true }])
  })

  test.each([
    ['collect', ['--seconds', '1']],
    ['serve', ['--live']],
    ['export', []],
  ])('a store of a newer version is refused by %s and left as it is', async (name, more) => {
    const newer = join(home, `newer-${name}`)
    mkdirSync(newer)
    const file = join(newer, 'market.db')
    copyFileSync(join(`${folder}-demo`, 'market.db'), file)
    const db = new Database(file)
    db.pragma('user_version = 99')
    db.close()
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex')
    const before = hash()
    const { code, out, said } = await run([name, '--data', newer, ...more])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(said).toContain('market.db')
    expect(said).toContain('Install the newer version')
    expect(said).not.toMatch(/\n\s+at /)
    expect(hash()).toBe(before)
    expect(readdirSync(newer).filter((each) => each.startsWith('engine.pid'))).toEqual([])
  })

  test('A-07 collect takes news too and says how each feed did; export writes it', async () => {
    const own = join(home, 'news')
    const collected = await run(['collect', '--demo', '--data', own, '--exchanges', 'upbit', '--seconds', '12'])
    const [{ items, feeds }] = linesOf(collected.out) as [{ items: number; feeds: ItemFeedState[] }]
    const coinness = feeds.find(({ feed }) => feed === 'coinness')!
    // Of the thirty that it tells, those that say the same are one.
    expect({ ...coinness, told: coinness.items + coinness.duplicates }).toMatchObject({ state: 'live', told: 30 })
    expect(items).toBe(feeds.reduce((sum, feed) => sum + feed.items, 0))
    expect(feeds.find(({ feed }) => feed === 'saveticker')?.state).toBe('off')
    const file = join(home, 'news.csv')
    const from = ['--data', own, '--demo', '--kind', 'items', '--from', '31d']
    const { code, out } = await run(['export', ...from, '--feeds', 'coinness', '--out', file])
    expect([code, linesOf(out)]).toMatchObject([0, [{ rows: coinness.items }]])
    expect(readFileSync(file, 'utf8')).toMatch(/,news,coinness,DEMO · .*,simulated\r\n/)
    const all = linesOf((await run(['export', ...from, '--out', join(home, 'all.csv')])).out) as [{ rows: number }]
    expect(all[0].rows).toBeGreaterThan(coinness.items)
  })

  test('A-45 collect takes index values too; export writes those of a feed, or of all', async () => {
    const own = join(home, 'indices')
    const collected = await run(['collect', '--demo', '--data', own, '--exchanges', 'upbit', '--seconds', '12'])
    const [{ feeds }] = linesOf(collected.out) as [{ feeds: ItemFeedState[] }]
    const taken = (name: string) => feeds.find(({ feed }) => feed === name)?.items ?? 0
    const file = join(home, 'indices.csv')
    const from = ['--data', own, '--demo', '--kind', 'indices', '--from', '400d']
    const { code, out } = await run(['export', ...from, '--feeds', 'alternative_me', '--out', file])
    expect([code, linesOf(out)]).toMatchObject([0, [{ rows: taken('alternative_me') }]])
    expect(readFileSync(file, 'utf8')).toMatch(/Z,\d+,index,alternative_me,\d+(\.\d+)?,[^,]+,\d+,simulated\r\n/)
    const all = await run(['export', ...from, '--format', 'sqlite', '--out', join(home, 'indices.sqlite')])
    expect(linesOf(all.out)).toMatchObject([{ rows: taken('alternative_me') + taken('cnn_fear_greed') }])
  })

  test('collect --no-news asks no feed', async () => {
    const { out } = await run(['collect', '--demo', '--no-news', '--data', join(home, 'none'), '--seconds', '4'])
    const [{ items, feeds }] = linesOf(out) as [{ items: number; feeds: { state: string }[] }]
    expect([items, [...new Set(feeds.map(({ state }) => state))]]).toEqual([0, ['off']])
  })

  test('markets lists what the exchanges list: lines of text, or of JSON', async () => {
    const text = await run(['markets', '--demo', '--exchanges', 'upbit', '--search', 'ㅂㅌㅋㅇ', '--data', home])
    expect({ code: text.code, said: text.said }).toEqual({ code: 0, said: '' })
    expect(text.out.split('\n')[0]).toBe('upbit:BTC/KRW\tKRW-BTC\ttrading\t비트코인\tBitcoin')
    const { code, out } = await run(['markets', '--demo', '--json', '--search', 'KRW-BTC', '--data', home])
    expect(code).toBe(0)
    expect(linesOf(out)[0]).toMatchObject({ key: 'upbit:BTC/KRW', native: 'KRW-BTC', status: 'trading' })
  })
})
