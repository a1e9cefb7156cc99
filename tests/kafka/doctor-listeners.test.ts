import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openWireProbe } from '../../src/main/bus/kafka/wire-probe.ts'
import { visitListeners } from '../../src/main/doctor/steps/listeners.ts'
import type { Visit } from '../../src/main/doctor/visit.ts'
import type { FakeServer } from './doctor-fake-broker.ts'
import { authenticated, closedPort, fakeBroker, fakeServer, handshake, metadata } from './doctor-fake-broker.ts'
import { examine, stoppedAt, toProfile } from './doctor-run.ts'

const METADATA = 3
const HANDSHAKE = 17
const AUTHENTICATE = 36
const noSignIn = () => handshake(34)

const open: FakeServer[] = []
const kept = async (server: Promise<FakeServer>) => {
  open.push(await server)
  return server
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

describe('A-44 SASL and metadata', () => {
  it('A-44 a token that is refused is told in the broker’s words, after the client has acknowledged it', async () => {
    const tokens = createServer((_, response) => response.end(JSON.stringify({ access_token: 'a-bearer-token' })))
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve))
    const tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`
    const heard: string[] = []
    const { address } = await kept(
      fakeBroker({
        [HANDSHAKE]: () => handshake(0, ['OAUTHBEARER']),
        [AUTHENTICATE](body) {
          heard.push(body.subarray(4).toString('latin1'))
          return heard.length === 1
            ? authenticated(0, null, '{"status":"invalid_token"}')
            : authenticated(58, '{"status":"invalid_token"}')
        },
      }),
    )
    const sasl = { mechanism: 'OAUTHBEARER', username: 'client', tokenUrl } as const
    const steps = await examine({ brokers: [address], sasl }, { password: 'client-secret' })
    expect(stoppedAt(steps)).toEqual({
      step: 'sasl',
      code: 'sasl-token-refused',
      values: { said: '{"status":"invalid_token"}' },
    })
    expect(heard).toEqual(['n,,\u0001auth=Bearer a-bearer-token\u0001\u0001', '\u0001'])
    tokens.close()
  })

  it('A-44 a token address that gives none is named with its reason', async () => {
    const tokenUrl = `http://127.0.0.1:${await closedPort()}/token`
    const { address } = await kept(
      fakeBroker({ [HANDSHAKE]: () => handshake(0, ['OAUTHBEARER']), [AUTHENTICATE]: () => undefined }),
    )
    const sasl = { mechanism: 'OAUTHBEARER', username: 'client', tokenUrl } as const
    expect(stoppedAt(await examine({ brokers: [address], sasl }, { password: 'client-secret' }))).toEqual({
      step: 'sasl',
      code: 'sasl-token',
      values: { url: tokenUrl, reason: 'ECONNREFUSED' },
    })
  })

  it('A-44 a controller’s port is told from a broker’s', async () => {
    const { address } = await kept(fakeBroker({ [HANDSHAKE]: noSignIn }))
    expect(stoppedAt(await examine({ brokers: [address] }))).toEqual({
      step: 'metadata',
      code: 'metadata-controller',
      values: { address },
    })
  })

  it('A-44 a cluster without brokers is told', async () => {
    const { address } = await kept(fakeBroker({ [HANDSHAKE]: noSignIn, [METADATA]: () => metadata('one', []) }))
    expect(stoppedAt(await examine({ brokers: [address] }))?.code).toBe('metadata-empty')
  })

  it('A-44 a broker that hangs up at the metadata is told', async () => {
    const { address } = await kept(fakeBroker({ [HANDSHAKE]: noSignIn, [METADATA]: () => 'hang up' }))
    expect(stoppedAt(await examine({ brokers: [address] }))).toEqual({
      step: 'metadata',
      code: 'closed',
      values: { address },
    })
  })
})

describe('A-44 advertised listeners', () => {
  /** The step alone, for a cluster that advertises these addresses. */
  const advertise = async (
    brokers: readonly string[],
    advertised: readonly { readonly id: number; readonly host: string; readonly port: number }[],
  ) => {
    const leaving: (() => unknown)[] = []
    const visit: Visit = {
      profile: toProfile({ brokers: [...brokers] }),
      secrets: {},
      signal: new AbortController().signal,
      limits: { connect: 3_000, answer: 2_000 },
      openWire: openWireProbe,
      token: () => Promise.resolve(''),
      atEnd: (leave) => void leaving.push(leave),
    }
    const { finding, table } = await visitListeners(visit, {
      id: 'one',
      controller: 1,
      brokers: advertised,
      topics: [],
    })
    for (const leave of leaving) await leave()
    return { finding, table }
  }

  it('A-44 a broker that advertises localhost to another machine gets the line that cures it', async () => {
    const port = await closedPort()
    const bootstrap = `kafka.example.com:${port}`
    expect(await advertise([bootstrap], [{ id: 1, host: 'localhost', port }])).toEqual({
      finding: {
        code: 'listener-loopback',
        values: {
          broker: '1',
          advertised: `localhost:${port}`,
          bootstrap,
          copy: `advertised.listeners=PLAINTEXT://${bootstrap}`,
          hosts: '',
        },
      },
      table: [['1', bootstrap, `localhost:${port}`, 'refused']],
    })
  })

  it('A-44 a container’s name gets two listeners, and a line for the hosts file', async () => {
    const advertised = { id: 1, host: 'tapedeck-no-such-container', port: 9092 }
    expect(await advertise(['localhost:9092'], [advertised])).toEqual({
      finding: {
        code: 'listener-container',
        values: {
          broker: '1',
          advertised: 'tapedeck-no-such-container:9092',
          bootstrap: 'localhost:9092',
          copy: [
            'KAFKA_LISTENERS=INTERNAL://0.0.0.0:29092,EXTERNAL://0.0.0.0:9092,CONTROLLER://0.0.0.0:9093',
            'KAFKA_ADVERTISED_LISTENERS=INTERNAL://tapedeck-no-such-container:29092,EXTERNAL://localhost:9092',
            'KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
            'KAFKA_INTER_BROKER_LISTENER_NAME=INTERNAL',
          ].join('\n'),
          hosts: expect.stringMatching(/^(127\.0\.0\.1|::1) {2}tapedeck-no-such-container$/),
        },
      },
      table: [['1', 'localhost:9092', 'tapedeck-no-such-container:9092', 'not-found']],
    })
  })

  it('A-44 of several brokers the one that cannot be reached is named', async () => {
    const good = await kept(
      fakeBroker({
        [HANDSHAKE]: noSignIn,
        [METADATA]: () => metadata('one', [{ id: 1, host: '127.0.0.1', port: good.port }]),
      }),
    )
    const port = await closedPort()
    const { finding, table } = await advertise(
      [good.address],
      [
        { id: 1, host: '127.0.0.1', port: good.port },
        { id: 2, host: '127.0.0.1', port },
      ],
    )
    expect(finding).toMatchObject({
      code: 'listener-refused',
      values: { broker: '2', advertised: `127.0.0.1:${port}` },
    })
    expect(table?.map((row) => row.at(-1))).toEqual(['yes', 'refused'])
  })

  it('A-44 an advertised address that leads to another cluster is told', async () => {
    const other = await kept(
      fakeBroker({
        [HANDSHAKE]: noSignIn,
        [METADATA]: () => metadata('two', [{ id: 1, host: '127.0.0.1', port: other.port }]),
      }),
    )
    const { finding } = await advertise(['kafka.example.com:9092'], [{ id: 1, host: '127.0.0.1', port: other.port }])
    expect(finding).toMatchObject({ code: 'listener-elsewhere', values: { cluster: 'one', other: 'two' } })
  })

  it('A-44 an advertised port of another program is told', async () => {
    const { port } = await kept(fakeServer((socket) => socket.destroy()))
    const { finding } = await advertise(['127.0.0.1:9092'], [{ id: 1, host: '127.0.0.1', port }])
    expect(finding).toMatchObject({ code: 'listener-silent' })
  })
})
