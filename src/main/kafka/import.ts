import { parse, YAMLParseError } from 'yaml'
import { FaultError } from '../../shared/faults.ts'
import type { ImportNote, ImportNoteCode } from '../../shared/import-notes.ts'
import { importNoteText } from '../../shared/import-notes.ts'
import type { ClusterProfile, ConsumerSpec } from '../../shared/kafka-settings.ts'
import { clusterProfileSchema, COMPRESSIONS, consumerSchema, SASL_MECHANISMS } from '../../shared/kafka-settings.ts'
import { readBrokers } from './environment.ts'

/** An older kafka_config.yaml in our terms. Nothing of it is saved; that is for whoever asked to do. */
export interface ImportedKafka {
  readonly profile: ClusterProfile
  /** Its topics' prefix, and its consumer, where the file has them. */
  readonly prefix?: string
  readonly consumer?: ConsumerSpec
  /** What was left or changed, and why: as English sentences, and as codes for other languages. */
  readonly notes: readonly string[]
  readonly findings: readonly ImportNote[]
}

interface Draft {
  readonly profile: { -readonly [K in keyof ClusterProfile]?: unknown }
  readonly consumer: { group?: string; start?: 'earliest' | 'latest' }
  sasl: { mechanism?: string; username?: string } | undefined
  prefix: string | undefined
  note(code: ImportNoteCode, values?: Readonly<Record<string, string>>): void
}

type Rule = (draft: Draft, value: unknown, field: string) => void

const leave =
  (code: ImportNoteCode): Rule =>
  (draft, value, field) =>
    draft.note(code, { field, value: toText(value) })

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']

const prefix: Rule = (draft, value, field) => {
  const text = toText(value)
  const own = text.replace(/\.(raw|processed|insights)$/, '')
  draft.prefix ??= own
  if (own !== draft.prefix) draft.note('prefix-left', { field, value: text })
  else if (field.endsWith('raw_prefix')) draft.note('prefix', { field, value: text, prefix: own })
}
const brokers: Rule = (draft, value, field) => {
  const given = readBrokers(Array.isArray(value) ? value.map(toText).join(',') : toText(value))
  const { element } = clusterProfileSchema.shape.brokers
  for (const each of given) if (!element.safeParse(each).success) draft.note('bad-broker', { field, value: each })
  draft.profile.brokers = given.filter((each) => element.safeParse(each).success)
}
const file =
  (name: 'caFile' | 'certFile' | 'keyFile'): Rule =>
  (draft, value) => {
    draft.profile.tls = { ...(draft.profile.tls as object | undefined), on: true, [name]: toText(value) }
  }

/** Every key that the older file may have, by its path below "kafka". */
const RULES: Readonly<Record<string, Rule>> = {
  bootstrap_servers: brokers,
  client_id: (draft, value) => {
    draft.profile.clientId = toText(value)
  },
  security_protocol(draft, value, field) {
    const text = toText(value).toUpperCase()
    if (!PROTOCOLS.includes(text)) return draft.note('security', { field, value: text })
    draft.profile.tls = { ...(draft.profile.tls as object | undefined), on: text.endsWith('SSL') }
    if (text.startsWith('SASL')) draft.sasl ??= {}
  },
  sasl_mechanism(draft, value, field) {
    const text = toText(value).toUpperCase()
    if ((SASL_MECHANISMS as readonly string[]).includes(text)) draft.sasl = { ...draft.sasl, mechanism: text }
    else draft.note('security', { field, value: text })
  },
  sasl_plain_username: (draft, value) => {
    draft.sasl = { ...draft.sasl, username: toText(value) }
  },
  sasl_plain_password: (draft, _value, field) => draft.note('password', { field }),
  ssl_cafile: file('caFile'),
  ssl_certfile: file('certFile'),
  ssl_keyfile: file('keyFile'),
  ssl_password: (draft, _value, field) => draft.note('password', { field }),
  'topics.raw_prefix': prefix,
  'topics.processed_prefix': prefix,
  'topics.insights_prefix': prefix,
  'producer.acks'(draft, value, field) {
    if (!['all', '-1'].includes(toText(value))) leave('acks')(draft, value, field)
  },
  'producer.retries': leave('retries'),
  'producer.batch_size': leave('batch-size'),
  'producer.timeout': leave('timeout'),
  'producer.compression_type'(draft, value, field) {
    const text = toText(value)
    if ((COMPRESSIONS as readonly string[]).includes(text)) draft.profile.compression = text
    else leave('compression')(draft, value, field)
  },
  'consumer.group_id': (draft, value) => {
    draft.consumer.group = toText(value)
  },
  'consumer.auto_offset_reset'(draft, value, field) {
    const text = toText(value)
    if (text === 'earliest' || text === 'latest') draft.consumer.start = text
    else leave('offset-reset')(draft, value, field)
  },
  'consumer.enable_auto_commit'(draft, value) {
    if (value !== false) draft.note('auto-commit')
  },
  'consumer.auto_commit_interval_ms': leave('commit-interval'),
  'consumer.timeout': leave('timeout'),
}

/** Reads an older system's kafka_config.yaml. Throws FaultError 'bad-request' where the text is no such file. */
export function importKafkaConfig(text: string): ImportedKafka {
  const findings: ImportNote[] = []
  const draft: Draft = {
    profile: {},
    consumer: {},
    sasl: undefined,
    prefix: undefined,
    note: (code, values = {}) => void findings.push({ code, values }),
  }
  for (const [path, value] of fieldsOf(readYaml(text))) {
    const rule = RULES[path]
    if (rule) rule(draft, value, path)
    else draft.note('unknown', { field: path })
  }
  const given = draft.profile.brokers
  if (!Array.isArray(given) || given.length === 0) {
    draft.note('no-brokers')
    draft.profile.brokers = ['localhost:9092']
  }
  const { tls, ...rest } = draft.profile
  const profile = clusterProfileSchema.safeParse({
    id: 'imported',
    name: (draft.profile.brokers as string[])[0]?.slice(0, 60),
    ...rest,
    ...(tls === undefined ? {} : { tls }),
    sasl: draft.sasl ? { mechanism: 'PLAIN', ...draft.sasl } : null,
  })
  if (!profile.success) throw new FaultError('bad-request', sentenceOf(profile.error.issues))
  const consumer = toConsumer(draft)
  return {
    profile: profile.data,
    ...(draft.prefix === undefined ? {} : { prefix: draft.prefix }),
    ...(consumer === undefined ? {} : { consumer }),
    notes: findings.map(importNoteText),
    findings,
  }
}

function toConsumer({ consumer, prefix }: Draft): ConsumerSpec | undefined {
  if (consumer.group === undefined) return undefined
  const parsed = consumerSchema.safeParse({
    name: consumer.group.slice(0, 60),
    topics: [`${prefix ?? 'cointicker'}.raw.*`],
    group: consumer.group,
    start: consumer.start ?? 'earliest',
  })
  if (!parsed.success) throw new FaultError('bad-request', sentenceOf(parsed.error.issues))
  return parsed.data
}

function readYaml(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined
    throw new FaultError('bad-request', `The text is not valid YAML${line === undefined ? '' : ` (line ${line})`}.`)
  }
  if (!isRecord(value))
    throw new FaultError('bad-request', 'The text holds no settings. It must be a kafka_config.yaml.')
  const { kafka, ...beside } = value
  return isRecord(kafka) ? { ...beside, ...kafka } : value
}

/** 'producer.acks' with its value, for each value that is no group of others. */
function fieldsOf(value: Readonly<Record<string, unknown>>, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([key, each]) =>
    isRecord(each) ? fieldsOf(each, `${path}${key}.`) : [[`${path}${key}`, each] as const],
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const toText = (value: unknown) => (typeof value === 'string' ? value.trim() : JSON.stringify(value ?? null))

const sentenceOf = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]) =>
  issues.map((each) => `${each.path.join('.')}: ${each.message}.`).join(' ')
