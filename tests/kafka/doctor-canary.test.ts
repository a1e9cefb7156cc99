import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { openHeadlessSecrets } from '../../src/main/hosts/headless/secrets.ts'
import { importKafkaConfig } from '../../src/main/kafka/import.ts'
import { resolveKafka } from '../../src/main/kafka/profile.ts'
import { createLog } from '../../src/main/log.ts'
import { createRedactedLog } from '../../src/main/secrets/redacted-log.ts'
import { createRedactor } from '../../src/main/secrets/redactor.ts'
import { keepClusterSecrets, readClusterSecrets } from '../../src/main/secrets/secret-store.ts'
import { openSettings } from '../../src/main/settings-file.ts'
import { toFault } from '../../src/shared/faults.ts'
import type { ClusterProfile } from '../../src/shared/kafka-settings.ts'
import { DEFAULT_KAFKA } from '../../src/shared/kafka-settings.ts'
import { LOCKED_KEY } from './doctor-certificates.ts'
import { authenticated, closedPort, fakeBroker, fakeServer, handshake, metadata } from './doctor-fake-broker.ts'
import { examine, toProfile } from './doctor-run.ts'

const CANARY = 'canary+secret/ü=1'
const FORMS = [
  CANARY,
  encodeURIComponent(CANARY),
  Buffer.from(CANARY).toString('base64'),
  Buffer.from(CANARY).toString('base64url'),
  Buffer.from(`alice:${CANARY}`).toString('base64'),
  Buffer.from(`\0alice\0${CANARY}`).toString('base64'),
  Buffer.from(CANARY).toString('hex'),
]
const SASL = 17
const AUTHENTICATE = 36

it('A-80 a planted secret is in no report, log, settings file or secrets file, whatever goes wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-canary-'))
  const keep = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2))
  const lines: string[] = []
  const redactor = createRedactor(CANARY)
  const log = createRedactedLog(
    createLog((line) => lines.push(line)),
    redactor,
  )

  // Servers that repeat what they were told, as badly made ones do.
  const echo = await fakeBroker({
    [SASL]: () => handshake(0, ['PLAIN']),
    [AUTHENTICATE]: (body) =>
      authenticated(58, `refused: ${body.subarray(4).toString('utf8')} ${body.toString('hex')}`),
    3: () => metadata('one', []),
  })
  const bearer = await fakeBroker({
    [SASL]: () => handshake(0, ['OAUTHBEARER']),
    [AUTHENTICATE]: (body) => authenticated(58, body.subarray(4).toString('utf8')),
  })
  const babble = await fakeServer((socket) => socket.end(`password=${CANARY} is what this program expects`))
  const tokens = createServer((request, response) => {
    response.end(JSON.stringify({ access_token: `${request.headers.authorization ?? ''} ${CANARY}` }))
  })
  await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve))
  const tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/`
  const locked = join(folder, 'locked.key')
  writeFileSync(locked, LOCKED_KEY)

  const plain = { mechanism: 'PLAIN', username: 'alice' } as const
  const paths: readonly Parameters<typeof examine>[0][] = [
    { brokers: [echo.address], sasl: plain },
    { brokers: [bearer.address], sasl: { mechanism: 'OAUTHBEARER', username: 'alice', tokenUrl } },
    {
      brokers: [bearer.address],
      sasl: { mechanism: 'OAUTHBEARER', username: 'alice', tokenUrl: `http://127.0.0.1:${await closedPort()}/` },
    },
    { brokers: [babble.address], sasl: plain },
    { brokers: [echo.address], tls: { on: true, keyFile: locked }, sasl: plain },
    { brokers: [`127.0.0.1:${await closedPort()}`], sasl: plain },
    { brokers: ['no-such-broker.invalid:1'], sasl: plain },
  ]
  const codes: unknown[] = []
  for (const [index, path] of paths.entries()) {
    const steps = await examine(
      path,
      { password: CANARY, keyPassphrase: CANARY },
      { onStep: (now) => log.info(JSON.stringify(now)) },
    )
    codes.push(steps.find((each) => each.state === 'failed')?.finding?.code)
    keep(`report-${index}.json`, steps)
  }
  expect(codes.slice(0, 6)).toEqual([
    'sasl-refused',
    'sasl-token-refused',
    'sasl-token',
    'foreign',
    'tls-key-locked',
    'tcp-refused',
  ])

  const profile: ClusterProfile = toProfile({ brokers: [echo.address], sasl: plain })
  const bus = openBus({ profile, secrets: { password: CANARY }, log })
  await expect.poll(() => bus.state().fault?.code, { timeout: 20_000 }).toBe('sasl-failed')
  keep('state.json', bus.state())
  await bus.close()

  const settings = await openSettings(folder, {})
  await settings.set({ kafka: { ...DEFAULT_KAFKA, profiles: [profile], active: profile.id } })
  const { secrets: _secrets, ...inForce } = resolveKafka(settings.state.settings.kafka, {
    KAFKA_BOOTSTRAP_SERVERS: echo.address,
    KAFKA_SASL_PASSWORD: CANARY,
    KAFKA_SASL_MECHANISM: 'not a mechanism',
  })
  keep('in-force.json', inForce)
  keep('imported.json', importKafkaConfig(`bootstrap_servers: ${echo.address}\nsasl_plain_password: "${CANARY}"`))

  const store = await openHeadlessSecrets(folder, { TAPEDECK_PASSPHRASE: 'right' })
  await keepClusterSecrets(store, profile.id, { password: CANARY, keyPassphrase: CANARY })
  for (const passphrase of ['wrong', '']) {
    const other = await openHeadlessSecrets(folder, { TAPEDECK_PASSPHRASE: passphrase })
    log.warn(other.problem ?? '')
    await readClusterSecrets(other, profile.id).catch((error: unknown) =>
      keep(`fault-${passphrase}.json`, toFault(error)),
    )
  }
  log.error(`Signing in as alice with ${CANARY} failed.`)
  keep('log.json', [lines, log.recent()])

  for (const server of [echo, bearer, babble]) await server.close()
  tokens.close()
  const files = readdirSync(folder)
  expect(files).toEqual(
    expect.arrayContaining([
      'report-6.json',
      'state.json',
      'secrets.json',
      'settings.json',
      'log.json',
      'fault-wrong.json',
    ]),
  )
  const hits = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return FORMS.filter((form) => text.includes(form)).map((form) => `${file}: ${form}`)
  })
  expect(hits).toEqual([])
  rmSync(folder, { recursive: true })
})
