import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { AUTHORITY, BROKER, ELSEWHERE, EXPIRED, LOCKED_KEY } from './doctor-certificates.ts'
import type { FakeServer } from './doctor-fake-broker.ts'
import { closedPort, fakeBroker, fakeServer, handshake } from './doctor-fake-broker.ts'
import { examine, inShort, stoppedAt } from './doctor-run.ts'

const HANDSHAKE = 17
const noSignIn = () => handshake(34)

const open: FakeServer[] = []
const kept = async (server: Promise<FakeServer>) => {
  open.push(await server)
  return server
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

describe('A-44 DNS', () => {
  it('A-44 a name that nobody knows is named', async () => {
    const steps = await examine({ brokers: ['no-such-broker.invalid:9092'] })
    expect(['dns-not-found', 'dns-no-server']).toContain(stoppedAt(steps)?.code)
    expect(stoppedAt(steps)?.values).toEqual({ host: 'no-such-broker.invalid' })
    expect(steps.slice(1).map((each) => each.state)).toEqual(Array(7).fill('waiting'))
  })

  it('A-44 one name of several is enough, and the missing one is named', async () => {
    const port = await closedPort()
    const [dns] = await examine({ brokers: [`localhost:${port}`, 'no-such-broker.invalid:9092'] })
    expect(dns?.finding).toEqual({
      code: 'dns-some',
      values: { found: '1', total: '2', missing: 'no-such-broker.invalid' },
    })
  })
})

describe('A-44 TCP', () => {
  it('A-44 a closed port is named', async () => {
    const port = await closedPort()
    expect(stoppedAt(await examine({ brokers: [`127.0.0.1:${port}`] }))).toEqual({
      step: 'tcp',
      code: 'tcp-refused',
      values: { address: `127.0.0.1:${port}` },
    })
  })

  it('A-44 one open port of several is enough, and the closed one is named', async () => {
    const { address } = await kept(fakeBroker({ [HANDSHAKE]: noSignIn }))
    const closed = `127.0.0.1:${await closedPort()}`
    const steps = await examine({ brokers: [closed, address] })
    expect(steps[1]?.finding).toEqual({ code: 'tcp-some', values: { open: '1', total: '2', closed } })
    expect(inShort(steps)[2]).toBe('tls skipped tls-off')
  })
})

describe('A-44 TLS', () => {
  let folder: string
  let caFile: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-doctor-'))
    caFile = join(folder, 'ca.pem')
    writeFileSync(caFile, AUTHORITY)
    writeFileSync(join(folder, 'broker.pem'), BROKER.cert)
    writeFileSync(join(folder, 'other.key'), ELSEWHERE.key)
    writeFileSync(join(folder, 'locked.key'), LOCKED_KEY)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('A-44 a plain profile at a TLS port is told from a broken one', async () => {
    const { address } = await kept(fakeBroker({}, BROKER))
    expect(stoppedAt(await examine({ brokers: [address] }))).toEqual({
      step: 'tls',
      code: 'tls-needed',
      values: { address },
    })
  })

  it('A-44 a TLS profile at a plain port is told from a broken one', async () => {
    const { address } = await kept(fakeBroker({}))
    expect(stoppedAt(await examine({ brokers: [address], tls: { on: true } }, {}, { answer: 500 }))).toEqual({
      step: 'tls',
      code: 'tls-not-spoken',
      values: { address },
    })
  })

  it('A-44 an unknown authority is named', async () => {
    const { address } = await kept(fakeBroker({}, BROKER))
    const { code, values } = stoppedAt(await examine({ brokers: [address], tls: { on: true } })) ?? {}
    expect(code).toBe('tls-unknown-ca')
    expect(values).toEqual({
      issuer: 'Tapedeck test authority',
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      copy: `openssl s_client -showcerts -connect ${address} </dev/null`,
    })
  })

  it.each([
    ['an expired certificate', EXPIRED, 'tls-expired', { subject: 'Tapedeck test broker', until: '2021-01-01' }],
    [
      'a certificate for other names',
      ELSEWHERE,
      'tls-wrong-host',
      { host: '127.0.0.1', names: 'elsewhere.example, other.example' },
    ],
  ])('A-44 %s is named', async (_, certificate, code, values) => {
    const { address } = await kept(fakeBroker({}, certificate))
    expect(stoppedAt(await examine({ brokers: [address], tls: { on: true, caFile } }))).toEqual({
      step: 'tls',
      code,
      values,
    })
  })

  it('A-44 the server name of the profile counts in place of the address', async () => {
    const { address } = await kept(fakeBroker({ [HANDSHAKE]: noSignIn }, ELSEWHERE))
    const tls = { on: true, caFile, serverName: 'other.example' }
    expect(inShort(await examine({ brokers: [address], tls }))[2]).toBe('tls ok tls-ok')
  })

  it('A-44 a certificate that ends soon is worth a word', async () => {
    const { address } = await kept(fakeBroker({ [HANDSHAKE]: noSignIn }, BROKER))
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2126-10-20T00:00:00Z') })
    try {
      const [, , tls] = await examine({ brokers: [address], tls: { on: true, caFile } })
      expect(tls).toMatchObject({ state: 'ok', finding: { code: 'tls-soon', values: { version: '1.3' } } })
    } finally {
      vi.useRealTimers()
    }
  })

  it('A-44 a broker that wants a certificate of ours is told apart', async () => {
    const { address } = await kept(
      fakeBroker({ [HANDSHAKE]: noSignIn }, { ...BROKER, requestCert: true, rejectUnauthorized: true }),
    )
    const tls = { on: true, caFile }
    expect(stoppedAt(await examine({ brokers: [address], tls }))?.code).toBe('tls-client-needed')
  })

  it.each([
    ['a file that is not there', { caFile: 'missing.pem' }, 'tls-file', { field: 'caFile', reason: 'ENOENT' }],
    ['a file that is no certificate', { caFile: 'locked.key' }, 'tls-file', { field: 'caFile', reason: 'PEM' }],
    ['a locked key', { certFile: 'broker.pem', keyFile: 'locked.key' }, 'tls-key-locked', {}],
    ['a key of another certificate', { certFile: 'broker.pem', keyFile: 'other.key' }, 'tls-key-other', {}],
  ])('A-44 %s is named', async (_, files, code, values) => {
    const { address } = await kept(fakeBroker({}, BROKER))
    const paths = Object.fromEntries(Object.entries(files).map(([field, file]) => [field, join(folder, file)]))
    const found = stoppedAt(
      await examine({ brokers: [address], tls: { on: true, ...paths } }, { keyPassphrase: 'wrong' }),
    )
    const path = Object.values(paths).at(-1)
    expect(found).toEqual({ step: 'tls', code, values: { path, ...values } })
  })

  it('A-44 what hangs up and is no TLS either is told', async () => {
    const { address } = await kept(fakeServer((socket) => socket.destroy()))
    expect(stoppedAt(await examine({ brokers: [address], tls: { on: true } }))?.code).toBe('tls-closed')
    expect(stoppedAt(await examine({ brokers: [address] }))?.code).toBe('closed')
  })

  it('A-44 another program on the port is quoted', async () => {
    const server = createServer((_, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const found = stoppedAt(await examine({ brokers: [address] }))
    expect(found).toEqual({
      step: 'tls',
      code: 'foreign',
      values: { address, said: 'HTTP/1.1 400 Bad Request' },
    })
    server.close()
  })

  it('A-44 a port that accepts and says nothing is told', async () => {
    const { address } = await kept(fakeServer(() => {}))
    expect(stoppedAt(await examine({ brokers: [address] }, {}, { answer: 300 }))).toEqual({
      step: 'tls',
      code: 'timed-out',
      values: { address, seconds: '0.3' },
    })
  })
})
