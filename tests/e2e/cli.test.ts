import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run, start, tempFolder, until } from '../tapedeck.ts'
import { linesOf } from './command-line.ts'

const home = tempFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

const COMMANDS = 'start serve collect consume process export markets status backup backups restore decode'.split(' ')

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
    ['consume --topics t --members 9', 'members', 'at most 8'],
    ['consume', '--topics', '--help'],
    ['process --members 9', 'members', 'at most 8'],
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
