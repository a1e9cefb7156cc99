import { fork, spawn } from 'node:child_process'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { eventually, openClient } from './testing/client.ts'
import { spawnEmulator } from './spawn.ts'
import { EMULATED } from './venues.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const SPAWN = fileURLToPath(new URL('./spawn.ts', import.meta.url))

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a spawned emulator serves, obeys, remembers, and ends when it is closed', async () => {
  const emulator = await spawnEmulator({ seed: 7, rate: 300, venues: ['upbit'] })
  expect(emulator.endpoints).toEqual({
    upbit: { ws: `ws://127.0.0.1:${emulator.port}/upbit`, rest: `http://127.0.0.1:${emulator.port}/upbit` },
    news: { ws: `ws://127.0.0.1:${emulator.port}/news`, rest: `http://127.0.0.1:${emulator.port}/news` },
  })
  const client = await openClient(`${emulator.endpoints.upbit?.ws}/websocket/v1`)
  client.send([{ ticket: 't' }, { type: 'trade', codes: ['KRW-BTC'], is_only_realtime: true }])
  await client.next()
  const { trades } = await emulator.sent({ venue: 'upbit', market: 'KRW-BTC' })
  expect(trades.length).toBeGreaterThan(0)
  await expect(emulator.inject({ kind: 'gap' } as never)).rejects.toThrow("gap needs the number 'count'.")
  expect((await emulator.stats()).venues.upbit).toMatchObject({ sockets: 1, topics: 1 })
  await emulator.inject({ kind: 'disconnect' })
  expect(await client.ended()).toBe(1006)
  await emulator.close()
  expect(await emulator.ended).toBe(0)
  await expect(emulator.stats()).rejects.toThrow('The emulator has ended.')
})

test('options that it does not take are refused with its own sentence', async () => {
  await expect(spawnEmulator({ rate: 0 })).rejects.toThrow("--rate takes a number, 1 to 20000, not '0'.")
})

test('no emulator outlives its parent, however that ends', async () => {
  const program = `
    import { spawnEmulator } from ${JSON.stringify(SPAWN)}
    const emulator = await spawnEmulator({ rate: 1 })
    const answer = await fetch(emulator.endpoints.binance.rest + '/api/v3/ping')
    console.log(JSON.stringify({ port: emulator.port, status: answer.status }))`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { port } = await new Promise<{ port: number }>((resolve) => {
    parent.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString()) as { port: number }))
  })
  parent.kill('SIGKILL')
  const deadline = performance.now() + 8_000
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  while ((await answers()) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await answers()).toBe(false)
})

test('what ends a whole group leaves a spawned emulator to its parent', async () => {
  const child = fork(MAIN, ['--rate=1'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const heard = () => new Promise((resolve) => child.once('message', resolve))
  await heard()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    child.kill(signal)
    const answer = heard()
    child.send({ ask: 1, command: { command: 'sent' } })
    expect(await answer).toMatchObject({ ask: 1, result: { dropped: 0 } })
  }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.disconnect()
  expect(await ended).toBe(0)
})

test.each(['SIGINT', 'SIGTERM'] as const)('run by hand it ends at %s', async (signal) => {
  const child = spawn(process.execPath, [MAIN, '--rate=1'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill(signal)
  expect(await ended).toBe(0)
})

test('run by hand it says where it listens, takes commands over HTTP with the token, and ends with its pipe', async () => {
  const child = spawn(process.execPath, [MAIN, '--seed=7', '--rate=50', '--token=secret'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ready = await new Promise<{ port: number; token: string }>((resolve) => {
    child.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString()) as { port: number; token: string }))
  })
  const control = async (token: string, body: unknown) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`http://127.0.0.1:${ready.port}/control`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return [answer.status, await answer.json()]
  }
  expect(ready).toMatchObject({ venues: EMULATED.map(({ id }) => id), token: 'secret' })
  expect(await control('wrong', { command: 'stats' })).toEqual([
    401,
    { error: 'Send the token as Authorization: Bearer.' },
  ])
  expect(await control('secret', { command: 'nope' })).toEqual([
    400,
    { error: 'command must be one of inject, sent, stats.' },
  ])
  expect(await control('secret', { command: 'sent' })).toEqual([200, { trades: [], dropped: 0 }])
  expect(await control('secret', { command: 'inject', fault: { kind: 'reset' } })).toEqual([200, {}])
  const pid = child.pid ?? 0
  child.stdin.end()
  await eventually('its end', () => (isAlive(pid) ? undefined : true))
})

test('recorded frames are sent in place of the model’s, from the first subscription on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
  const replay = join(folder, 'frames.jsonl')
  const frames = ['{"type":"trade","code":"KRW-BTC","n":1}', '{"type":"trade","code":"KRW-BTC","n":2}']
  writeFileSync(
    replay,
    frames.map((frame, nth) => JSON.stringify({ venue: 'upbit', atOffsetMs: nth * 30, frame })).join('\n'),
  )
  const emulator = await spawnEmulator({ replay, rate: 1_000 })
  const client = await openClient(`${emulator.endpoints.upbit?.ws}/websocket/v1`)
  client.send([{ ticket: 't' }, { type: 'trade', codes: ['KRW-BTC'], is_only_realtime: true }])
  await client.next((frame) => frame === frames[1])
  expect(client.frames).toEqual(frames)
  await emulator.close()
  writeFileSync(replay, '{"venue":"upbit"}\n')
  await expect(spawnEmulator({ replay })).rejects.toThrow(`${replay} line 1 is no { venue, atOffsetMs, frame }.`)
  rmSync(folder, { recursive: true })
})
