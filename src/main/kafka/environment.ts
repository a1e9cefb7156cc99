import { isIP } from 'node:net'
import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import { clusterProfileSchema, SASL_MECHANISMS } from '../../shared/kafka-settings.ts'
import type { ClusterSecrets } from '../bus/bus.ts'

/** Id and name of what the environment makes: a profile, and a consumer. Shown as such, never saved. */
export const FROM_ENVIRONMENT = 'environment'

/** kafka-python's and Confluent's names beside the plain ones: people have either in their scripts. */
const NAMES = {
  bootstrap: ['KAFKA_BOOTSTRAP_SERVERS'],
  protocol: ['KAFKA_SECURITY_PROTOCOL'],
  mechanism: ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_MECHANISMS'],
  username: ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PLAIN_USERNAME'],
  password: ['KAFKA_SASL_PASSWORD', 'KAFKA_SASL_PLAIN_PASSWORD'],
  tokenUrl: ['KAFKA_SASL_TOKEN_URL', 'KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL'],
  caFile: ['KAFKA_SSL_CAFILE', 'KAFKA_SSL_CA_LOCATION'],
  certFile: ['KAFKA_SSL_CERTFILE', 'KAFKA_SSL_CERTIFICATE_LOCATION'],
  keyFile: ['KAFKA_SSL_KEYFILE', 'KAFKA_SSL_KEY_LOCATION'],
  keyPassphrase: ['KAFKA_SSL_PASSWORD', 'KAFKA_SSL_KEY_PASSWORD'],
  prefix: ['KAFKA_TOPIC_PREFIX'],
  topics: ['KAFKA_TOPICS'],
  group: ['KAFKA_GROUP_ID'],
} as const satisfies Record<string, readonly string[]>
type Part = keyof typeof NAMES
type Texts = Readonly<Partial<Record<Part, string>>>

/** Parts that mean something without a cluster. */
const ALONE: ReadonlySet<Part> = new Set<Part>(['bootstrap', 'prefix', 'topics', 'group'])

const PROTOCOLS: Readonly<Record<string, { readonly tls: boolean; readonly sasl: boolean }>> = {
  PLAINTEXT: { tls: false, sasl: false },
  SSL: { tls: true, sasl: false },
  SASL_PLAINTEXT: { tls: false, sasl: true },
  SASL_SSL: { tls: true, sasl: true },
}

/** What is wrong with a variable, in one sentence that says what is done instead. */
export interface Problem {
  readonly field: string
  readonly message: string
}

export interface KafkaEnvironment {
  readonly profile: ClusterProfile | undefined
  readonly secrets: ClusterSecrets | undefined
  readonly prefix: string | undefined
  readonly topics: string | undefined
  readonly group: string | undefined
  /** Names of the variables that are used. */
  readonly variables: readonly string[]
  readonly problems: readonly Problem[]
}

/** Reads the KAFKA_… variables. */
export function readKafkaEnvironment(environment: NodeJS.ProcessEnv): KafkaEnvironment {
  const names = new Map<Part, string>()
  for (const part of Object.keys(NAMES) as Part[]) {
    const name = NAMES[part].find((each) => (environment[each] ?? '').trim() !== '')
    if (name !== undefined) names.set(part, name)
  }
  const problems: Problem[] = []
  if (!names.has('bootstrap'))
    for (const [part, field] of names)
      if (!ALONE.has(part)) {
        problems.push({ field, message: 'It needs KAFKA_BOOTSTRAP_SERVERS beside it, and is not used.' })
        names.delete(part)
      }
  const texts: Texts = Object.fromEntries(
    [...names].map(([part, name]) => [part, textOf(part, environment[name] ?? '')]),
  )
  const made = texts.bootstrap === undefined ? undefined : readProfile(texts, problems)
  const { prefix, topics, group } = texts
  return {
    profile: made?.profile,
    secrets: made?.secrets,
    prefix,
    topics,
    group,
    variables: [...names.values()],
    problems,
  }
}

/** Blanks around a value are a slip of the pen, but in a password they may be meant. */
function textOf(part: Part, text: string): string {
  return part === 'password' || part === 'keyPassphrase' ? text : text.trim()
}

/** Brokers as people write them: a comma list, a JSON or Python list, with or without a protocol or a port. */
export function readBrokers(text: string): readonly string[] {
  const list = /^\[(.*)\]$/s.exec(text.trim())?.[1]
  return (list === undefined || isIP(list) === 6 ? text : list)
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/^["']|["']$/g, '')
        .replace(/^[A-Za-z_]+:\/\//, ''),
    )
    .filter((each) => each !== '')
    .map((each) => (/^[^:]+$|^\[[^\]]+\]$/.test(each) ? `${each}:9092` : each))
}

function readProfile(
  texts: Texts,
  problems: Problem[],
): { readonly profile: ClusterProfile; readonly secrets: ClusterSecrets } | undefined {
  const named = texts.protocol?.toUpperCase()
  const protocol = named === undefined ? undefined : PROTOCOLS[named]
  if (named !== undefined && !protocol) {
    problems.push({
      field: 'KAFKA_SECURITY_PROTOCOL',
      message: `It must be one of ${Object.keys(PROTOCOLS).join(', ')}. ${UNUSED}`,
    })
    return undefined
  }
  const { mechanism, username, password, tokenUrl, caFile, certFile, keyFile, keyPassphrase } = texts
  const sasl = protocol?.sasl ?? (mechanism !== undefined || username !== undefined)
  const parsed = clusterProfileSchema.safeParse({
    id: FROM_ENVIRONMENT,
    name: FROM_ENVIRONMENT,
    brokers: readBrokers(texts.bootstrap ?? ''),
    tls: {
      on: protocol?.tls ?? (caFile !== undefined || certFile !== undefined),
      caFile: caFile ?? null,
      certFile: certFile ?? null,
      keyFile: keyFile ?? null,
    },
    sasl: sasl
      ? { mechanism: mechanism?.toUpperCase() ?? 'PLAIN', username: username ?? '', tokenUrl: tokenUrl ?? null }
      : null,
  })
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(problemOf(issue.path, issue.message))
    return undefined
  }
  return {
    profile: parsed.data,
    secrets: {
      ...(password === undefined ? {} : { password }),
      ...(keyPassphrase === undefined ? {} : { keyPassphrase }),
    },
  }
}

const UNUSED = 'The environment’s cluster is not used.'

/** A field of the profile as the variable that it came from. */
function problemOf(path: readonly PropertyKey[], message: string): Problem {
  if (path.includes('mechanism'))
    return { field: 'KAFKA_SASL_MECHANISM', message: `It must be one of ${SASL_MECHANISMS.join(', ')}. ${UNUSED}` }
  if (path.includes('tokenUrl')) return { field: 'KAFKA_SASL_TOKEN_URL', message: `It must be an address. ${UNUSED}` }
  if (path.includes('username')) return { field: 'KAFKA_SASL_USERNAME', message: `${message}. ${UNUSED}` }
  return { field: 'KAFKA_BOOTSTRAP_SERVERS', message: `Each broker ${message}. ${UNUSED}` }
}
