import type { ClusterProfile, ConsumerSpec, KafkaSettings } from '../../shared/kafka-settings.ts'
import { consumerSchema, kafkaSettingsSchema } from '../../shared/kafka-settings.ts'
import type { ClusterSecrets } from '../bus/bus.ts'
import type { Problem } from './environment.ts'
import { FROM_ENVIRONMENT, readKafkaEnvironment } from './environment.ts'

/** The Kafka settings in force: the saved ones, with what the environment says on top. */
export interface KafkaInForce {
  readonly kafka: KafkaSettings
  /** The active profile. undefined: the built-in log alone. */
  readonly profile: ClusterProfile | undefined
  readonly source: 'environment' | 'settings' | 'none'
  /** Of the environment's profile; those of others lie in the host's secret store. */
  readonly secrets: ClusterSecrets | undefined
  /** Variables that count, to be named beside what they override. */
  readonly variables: readonly string[]
  readonly problems: readonly Problem[]
}

/** Group of S3's consumer where KAFKA_GROUP_ID names none. */
const OLDER_GROUP = 'cointicker-consumer'

/** Environment over saved settings. KAFKA_BOOTSTRAP_SERVERS makes a profile of its own, which is then the active one. */
export function resolveKafka(saved: KafkaSettings, environment: NodeJS.ProcessEnv = process.env): KafkaInForce {
  const said = readKafkaEnvironment(environment)
  const problems = [...said.problems]
  const prefix = checkPrefix(saved, said.prefix, problems)
  const consumer = toConsumer(prefix, said.topics, said.group, problems)
  const made = said.profile
  const kafka: KafkaSettings = {
    ...saved,
    profiles: made ? [...saved.profiles.filter((each) => each.id !== made.id), made] : saved.profiles,
    active: made ? made.id : saved.active,
    forward: { ...saved.forward, prefix },
    consumers: consumer
      ? [...saved.consumers.filter((each) => each.name !== consumer.name), consumer]
      : saved.consumers,
  }
  const profile = kafka.profiles.find((each) => each.id === kafka.active)
  if (kafka.active !== null && !profile)
    problems.push({ field: 'kafka.active', message: `There is no profile "${kafka.active}". No cluster is used.` })
  return {
    kafka,
    profile,
    source: made ? 'environment' : profile ? 'settings' : 'none',
    secrets: said.secrets,
    variables: said.variables,
    problems,
  }
}

function checkPrefix({ forward }: KafkaSettings, text: string | undefined, problems: Problem[]): string {
  if (text === undefined) return forward.prefix
  const parsed = kafkaSettingsSchema.shape.forward.safeParse({ ...forward, prefix: text })
  if (parsed.success) return parsed.data.prefix
  problems.push({
    field: 'KAFKA_TOPIC_PREFIX',
    message: 'It may hold letters, digits, ".", "_" and "-". The saved prefix is used.',
  })
  return forward.prefix
}

/** What S3's consumer took from the environment: its topics (several, with wildcards) and its group. */
function toConsumer(
  prefix: string,
  topics: string | undefined,
  group: string | undefined,
  problems: Problem[],
): ConsumerSpec | undefined {
  if (topics === undefined && group === undefined) return undefined
  const parsed = consumerSchema.safeParse({
    name: FROM_ENVIRONMENT,
    topics: topics?.split(/[\s,]+/).filter((each) => each !== '') ?? [`${prefix}.raw.*`],
    group: group ?? OLDER_GROUP,
    start: 'earliest',
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  problems.push({
    field: issue?.path[0] === 'group' ? 'KAFKA_GROUP_ID' : 'KAFKA_TOPICS',
    message: `${issue?.message ?? 'It is not valid'}. The environment’s consumer is not used.`,
  })
  return undefined
}
