import { beforeAll, describe, expect, test } from 'vitest'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { KAFKA_VERSIONS } from '../../scripts/kafka/versions.ts'
import { createTopic, receive, send, toClient } from './client.ts'
import { useBrokers } from './cluster.ts'

/** `npm run kafka -- tool …`, as the bootstrap starts it. */
async function tool(args: readonly string[], input = '') {
  const child = spawn(process.execPath, ['scripts/kafka/index.ts', 'tool', ...args], { stdio: 'pipe' })
  const ended = once(child, 'exit')
  child.stdin.end(input)
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await ended) as [number]
  return { code, output, errors }
}

describe.each(KAFKA_VERSIONS)('the tools of Kafka %s', (version) => {
  const topic = `tools-${version}-${process.pid}`
  let brokers: readonly string[]
  let at: readonly string[]

  beforeAll(async () => {
    ;({ brokers } = await useBrokers(version))
    at = ['--bootstrap-server', brokers.join(',')]
    await createTopic(toClient(brokers), topic)
  }, 120_000)

  test('read what another client wrote, and write what it reads', { timeout: 90_000 }, async () => {
    const client = toClient(brokers)
    await send(client, topic, ['one', '둘'])
    const written = await tool(['--version', version, 'console-producer', ...at, '--topic', topic], 'three\n넷\n')
    expect(written.code).toBe(0)
    expect(await receive(client, topic, 4)).toEqual(['one', '둘', 'three', '넷'])
    const range = ['--topic', topic, '--from-beginning', '--max-messages', '4']
    const { output } = await tool(['--version', version, 'console-consumer', ...at, ...range])
    expect(output).toBe('one\n둘\nthree\n넷\n')
  })

  test('show the group that another client read with', { timeout: 60_000 }, async () => {
    const { code, output } = await tool(['--version', version, 'consumer-groups', ...at, '--list'])
    expect({ code, groups: output.trim().split('\n') }).toEqual({
      code: 0,
      groups: expect.arrayContaining([`${topic}-reader`]),
    })
  })
})
