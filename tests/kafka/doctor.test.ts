import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KAFKA_VERSIONS } from '../../scripts/kafka/versions.ts'
import { createTopic, toClient } from './client.ts'
import { useCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { BROKER } from './doctor-certificates.ts'
import type { ProfileInput } from './doctor-run.ts'
import { examine, inShort, stoppedAt } from './doctor-run.ts'
import { allow } from './rights.ts'
import type { Right } from './rights.ts'

const PASSWORD = { password: 's3cret' }
const SCRATCH = 'tapedeck.doctor'

describe.each(KAFKA_VERSIONS)('A-44 the doctor on Kafka %s', (version) => {
  let cluster: Cluster
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-doctor-'))
    cluster = await useCluster({
      nodes: 1,
      version,
      listeners: ['sasl', 'tls', 'tls-client', 'sasl-tls', 'wrong-address'],
      restricted: true,
    })
  }, 180_000)
  afterAll(async () => {
    await cluster?.close()
    rmSync(folder, { recursive: true })
  })

  const at = (listener: keyof Cluster['listeners']) => cluster.listeners[listener] ?? []
  const withAdmin = async <T>(use: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = toClient(cluster.brokers).admin()
    await admin.connect()
    try {
      return await use(admin)
    } finally {
      await admin.disconnect()
    }
  }
  const topics = () => withAdmin((admin) => admin.listTopics())
  const withoutTopic = () => withAdmin((admin) => admin.deleteTopics({ topics: [SCRATCH] }))
  const withTopic = async (use: () => Promise<void>) => {
    await createTopic(toClient(cluster.brokers), SCRATCH)
    try {
      await use()
    } finally {
      await withoutTopic()
    }
  }

  it('A-44 passes all steps, tells them as they go, and leaves nothing behind', async () => {
    const told: string[] = []
    const steps = await examine(
      { brokers: [...cluster.brokers] },
      {},
      {
        onStep: (now) => told.push(now.map((each) => each.state[0]).join('')),
      },
    )
    expect(inShort(steps)).toEqual([
      'dns ok dns-literal',
      'tcp ok tcp-open',
      'tls skipped tls-off',
      'sasl skipped sasl-off',
      'metadata ok metadata-ok',
      'listeners ok listeners-ok',
      'produce ok produce-ok',
      'fetch ok fetch-ok',
    ])
    expect(steps.every((each) => (each.ms ?? -1) >= 0)).toBe(true)
    expect(told).toEqual([
      'rwwwwwww',
      'owwwwwww',
      'orwwwwww',
      'oowwwwww',
      'oorwwwww',
      'ooswwwww',
      'oosrwwww',
      'oosswwww',
      'oossrwww',
      'oossowww',
      'oossorww',
      'oossooww',
      'oossoorw',
      'oossooow',
      'oossooor',
      'oossoooo',
    ])
    expect(await topics()).not.toContain(SCRATCH)
  })

  describe('TLS', () => {
    it('A-44 plain text to a TLS port, and TLS to a plain port', async () => {
      expect(stoppedAt(await examine({ brokers: [...at('tls')] }))?.code).toBe('tls-needed')
      expect(stoppedAt(await examine({ brokers: [...cluster.brokers], tls: { on: true } }))?.code).toBe(
        'tls-not-spoken',
      )
    })

    it('A-44 a certificate that signed itself, and the same one trusted', async () => {
      const brokers = [...at('tls')]
      expect(stoppedAt(await examine({ brokers, tls: { on: true } }))).toMatchObject({
        code: 'tls-self-signed',
        values: { subject: 'localhost' },
      })
      const caFile = cluster.certificates?.caFile ?? ''
      expect(inShort(await examine({ brokers, tls: { on: true, caFile }, readOnly: true })).slice(2, 6)).toEqual([
        'tls ok tls-ok',
        'sasl skipped sasl-off',
        'metadata ok metadata-ok',
        'listeners ok listeners-ok',
      ])
    })

    it('A-44 a client certificate: none, a foreign one, the right one', async () => {
      const { caFile = '', certFile = '', keyFile = '' } = cluster.certificates ?? {}
      const brokers = [...at('tls-client')]
      const tls = { on: true, caFile }
      expect(stoppedAt(await examine({ brokers, tls }))?.code).toBe('tls-client-needed')
      const [foreign, foreignKey] = [join(folder, 'foreign.pem'), join(folder, 'foreign.key')]
      writeFileSync(foreign, BROKER.cert)
      writeFileSync(foreignKey, BROKER.key)
      expect(stoppedAt(await examine({ brokers, tls: { ...tls, certFile: foreign, keyFile: foreignKey } }))?.code).toBe(
        'tls-client-refused',
      )
      expect(inShort(await examine({ brokers, tls: { ...tls, certFile, keyFile } }))[2]).toBe('tls ok tls-ok')
    })
  })

  describe('SASL', () => {
    const signIn = (mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'OAUTHBEARER', username = 'alice') =>
      ({ brokers: [...at('sasl')], sasl: { mechanism, username }, readOnly: true }) satisfies ProfileInput

    it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
      'A-44 %s: right, wrong, nobody',
      async (mechanism) => {
        expect(inShort(await examine(signIn(mechanism), PASSWORD))[3]).toBe('sasl ok sasl-ok')
        expect(stoppedAt(await examine(signIn(mechanism), { password: 'wrong-password' }))).toMatchObject({
          step: 'sasl',
          code: 'sasl-refused',
          values: { username: 'alice', mechanism },
        })
        expect(stoppedAt(await examine(signIn(mechanism, 'nobody'), PASSWORD))?.code).toBe('sasl-refused')
        expect(stoppedAt(await examine(signIn(mechanism)))?.code).toBe('sasl-no-password')
      },
    )

    it('A-44 a mechanism that is not enabled is told with those that are', async () => {
      const { code, values } = stoppedAt(await examine(signIn('OAUTHBEARER'), PASSWORD)) ?? {}
      expect(code).toBe('sasl-mechanism')
      expect(new Set(values?.['enabled']?.split(', '))).toEqual(new Set(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']))
    })

    it('A-44 a sign-in that is missing, and one that nobody wants', async () => {
      expect(stoppedAt(await examine({ brokers: [...at('sasl')] }))?.code).toBe('sasl-needed')
      const sasl = { mechanism: 'PLAIN', username: 'alice' } as const
      expect(stoppedAt(await examine({ brokers: [...cluster.brokers], sasl }, PASSWORD))?.code).toBe('sasl-not-taken')
    })

    it('A-44 a password without encryption is worth a word, one with it is not', async () => {
      const plain = await examine(signIn('PLAIN'), PASSWORD)
      expect(plain[2]?.finding).toEqual({ code: 'tls-off-exposed', values: { mechanism: 'PLAIN' } })
      const caFile = cluster.certificates?.caFile ?? ''
      const encrypted = { ...signIn('PLAIN'), brokers: [...at('sasl-tls')], tls: { on: true, caFile } }
      expect(inShort(await examine(encrypted, PASSWORD)).slice(2, 4)).toEqual(['tls ok tls-ok', 'sasl ok sasl-ok'])
    })
  })

  it('A-44 an advertised address that is not found here is told with the line that cures it', async () => {
    const [bootstrap = ''] = at('wrong-address')
    const steps = await examine({ brokers: [bootstrap] })
    expect(stoppedAt(steps)).toEqual({
      step: 'listeners',
      code: 'listener-not-found',
      values: {
        broker: '1',
        advertised: 'broker.invalid:9092',
        bootstrap,
        copy: `advertised.listeners=PLAINTEXT://${bootstrap}`,
        hosts: '',
      },
    })
    expect(steps[5]?.table).toEqual([['1', bootstrap, 'broker.invalid:9092', 'not-found']])
    expect(inShort(steps)).toHaveLength(6)
  })

  describe('produce and fetch', () => {
    it('A-44 each missing right is named in turn, with the command that grants it', async () => {
      const profile: ProfileInput = { brokers: [...at('sasl')], sasl: { mechanism: 'PLAIN', username: 'alice' } }
      const grant = (may: Right['may']) => allow(cluster.brokers, [{ user: 'alice', may, on: 'TOPIC', name: SCRATCH }])
      const asked = async () => {
        const found = stoppedAt(await examine(profile, PASSWORD))
        return `${found?.step} ${found?.code} ${found?.values?.['right']}`
      }
      const found = stoppedAt(await examine(profile, PASSWORD))
      expect(found).toEqual({
        step: 'produce',
        code: 'produce-no-right',
        values: {
          right: 'Create',
          resource: 'topic tapedeck.doctor',
          copy: `kafka-acls.sh --bootstrap-server ${at('sasl').join(',')} --command-config admin.properties --add --allow-principal 'User:alice' --operation Create --topic tapedeck. --resource-pattern-type prefixed`,
        },
      })
      await grant('CREATE')
      await grant('DESCRIBE')
      await expect.poll(asked, { timeout: 20_000 }).toBe('produce produce-no-right Write')
      await grant('WRITE')
      await expect.poll(asked, { timeout: 20_000 }).toBe('fetch fetch-no-right Read')
      await grant('READ')
      const ended = async () => (await examine(profile, PASSWORD))[7]?.finding?.code
      // Made when the right to write was still missing, and not to be deleted without the right to.
      await expect.poll(ended, { timeout: 20_000 }).toBe('fetch-kept')
      await withoutTopic()
      expect(await ended()).toBe('fetch-left')
      await withoutTopic()
      await grant('DELETE')
      await expect.poll(ended, { timeout: 20_000 }).toBe('fetch-ok')
      expect(await topics()).not.toContain(SCRATCH)
    })

    it('A-44 a topic that was there before stays', async () => {
      await withTopic(async () => {
        expect(inShort(await examine({ brokers: [...cluster.brokers] })).at(-1)).toBe('fetch ok fetch-kept')
        expect(await topics()).toContain(SCRATCH)
      })
    })

    it('A-44 a replication that the cluster cannot give is told', async () => {
      expect(stoppedAt(await examine({ brokers: [...cluster.brokers], replication: 3 }))).toEqual({
        step: 'produce',
        code: 'produce-replication',
        values: { replication: '3', brokers: '1' },
      })
    })

    it('A-44 a read-only profile writes nothing and reads what is there', async () => {
      const readOnly = { brokers: [...cluster.brokers], readOnly: true }
      expect(inShort(await examine(readOnly)).slice(6)).toEqual([
        'produce skipped produce-read-only',
        'fetch skipped fetch-no-topic',
      ])
      await withTopic(async () => {
        expect(inShort(await examine(readOnly)).slice(6)).toEqual([
          'produce skipped produce-read-only',
          'fetch ok fetch-read-only',
        ])
      })
    })

    it('A-44 a visit that is cut short removes its topic all the same', async () => {
      const aborter = new AbortController()
      const steps = await examine(
        { brokers: [...cluster.brokers] },
        {},
        {
          signal: aborter.signal,
          onStep: (now) => {
            if (now[6]?.state === 'ok') aborter.abort()
          },
        },
      )
      expect(steps[6]?.state).toBe('ok')
      expect(steps[7]).toEqual({ step: 'fetch', state: 'waiting' })
      await expect.poll(topics, { timeout: 20_000 }).not.toContain(SCRATCH)
    })
  })

  it('A-44 a broker that hangs is told from one that is away', async () => {
    cluster.pause(1)
    try {
      expect(stoppedAt(await examine({ brokers: [...cluster.brokers] }, {}, { answer: 500 }))).toMatchObject({
        code: 'timed-out',
        values: { address: cluster.brokers[0], seconds: '0.5' },
      })
    } finally {
      cluster.resume(1)
    }
  })
})
