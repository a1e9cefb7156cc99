import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { freePorts } from '../../scripts/kafka/ports.ts'
import { createTopic, receive, send, toClient } from './client.ts'

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-kafka-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

function start(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, ['scripts/kafka/index.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  return { child, ended: once(child, 'exit'), errors: text(child.stderr) }
}

/** The bootstrap servers that a start prints when it is ready. */
async function firstLine({ child }: ReturnType<typeof start>): Promise<string> {
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return line.toString()
}

/** Code and last words of a start that must fail. */
async function failure(args: readonly string[], env?: NodeJS.ProcessEnv) {
  const { ended, errors } = start(args, env)
  const [code] = (await ended) as [number]
  return { code, errors: await errors }
}

/** An environment whose PATH has only these programs. */
function only(name: string, programs: readonly string[]): NodeJS.ProcessEnv {
  const bin = join(folder, name)
  mkdirSync(bin)
  for (const program of programs)
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(bin, program))
  return { PATH: bin, HOME: folder, XDG_CACHE_HOME: join(bin, 'cache') }
}

test(
  'a start prints the servers in one line, ends in order on Ctrl-C, and finds its data again',
  { timeout: 180_000 },
  async () => {
    const data = join(folder, 'data')
    const [port] = await freePorts(1)
    const args = ['--port', String(port), '--data', data]
    const client = toClient([`127.0.0.1:${port}`])

    const first = start(args)
    expect(await firstLine(first)).toBe(`127.0.0.1:${port}\n`)
    await createTopic(client, 'kept')
    await send(client, 'kept', ['a record'])
    first.child.kill('SIGINT')
    first.child.kill('SIGINT')
    expect(await first.ended).toEqual([0, null])

    expect(await failure([...args, '--nodes', '3'])).toEqual({
      code: 1,
      errors: `kafka: ${data} holds a Kafka 4.3.1 with 1 node. Start it with --version 4.3.1 --nodes 1, or choose another folder with --data.\n`,
    })

    const second = start(args)
    await firstLine(second)
    expect(await receive(client, 'kept', 1)).toEqual(['a record'])
    expect(await failure(['--port', String(port)])).toEqual({
      code: 1,
      errors: `kafka: Port ${port} is in use. End what listens there, or choose other ports with --port.\n`,
    })
    second.child.kill('SIGTERM')
    expect(await second.ended).toEqual([0, null])
  },
)

test('without Java, or without Maven where it is needed, one sentence says what to install', async () => {
  const java = await failure([], only('nothing', []))
  expect(java).toEqual({
    code: 1,
    errors: expect.stringMatching(/^kafka: Kafka needs Java 17 .*apt-get install default-jdk-headless.*\n$/),
  })
  const maven = await failure([], only('java-alone', ['java']))
  expect(maven).toEqual({
    code: 1,
    errors: expect.stringMatching(/"mvn" does not run\. Install it \(.*apt-get install maven.*\)\.\n$/),
  })
})

test('brokers and their data go when the process that started them is killed', { timeout: 120_000 }, async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('cluster-child.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { pid, log } = JSON.parse(line.toString()) as { pid: number; log: string }
  expect([isRunning(pid), existsSync(log)]).toEqual([true, true])
  child.kill('SIGKILL')
  await expect.poll(() => [isRunning(pid), existsSync(dirname(log))], { timeout: 20_000 }).toEqual([false, false])
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
