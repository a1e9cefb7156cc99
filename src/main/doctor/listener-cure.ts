import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import { toText } from './address.ts'
import type { Address } from './address.ts'

/** The security that a profile's connection has, as Kafka names it. */
export function protocolOf({ tls, sasl }: ClusterProfile): string {
  return sasl === null ? (tls.on ? 'SSL' : 'PLAINTEXT') : tls.on ? 'SASL_SSL' : 'SASL_PLAINTEXT'
}

/** For server.properties: the address that clients use is the one to advertise. */
export function advertiseLine(profile: ClusterProfile, wanted: Address): string {
  return `advertised.listeners=${protocolOf(profile)}://${toText(wanted)}`
}

/**
 * For a broker in a container: one listener for the other containers under the old name, one for everybody else under the
 * name that clients use.
 */
export function containerLines(profile: ClusterProfile, advertised: Address, wanted: Address): string {
  const inside = { host: advertised.host, port: wanted.port === 29_092 ? 19_092 : 29_092 }
  return [
    `KAFKA_LISTENERS=INTERNAL://0.0.0.0:${inside.port},EXTERNAL://0.0.0.0:${wanted.port},CONTROLLER://0.0.0.0:9093`,
    `KAFKA_ADVERTISED_LISTENERS=INTERNAL://${toText(inside)},EXTERNAL://${toText(wanted)}`,
    `KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=INTERNAL:PLAINTEXT,EXTERNAL:${protocolOf(profile)},CONTROLLER:PLAINTEXT`,
    'KAFKA_INTER_BROKER_LISTENER_NAME=INTERNAL',
  ].join('\n')
}

/**
 * The address of the profile that most likely leads to a broker which advertises another one: the same first word in its
 * name, or the only one with its port, or the only one there is. undefined: nobody can tell.
 */
export function matchBootstrap(
  advertised: Address,
  bootstraps: readonly Address[],
  brokers: readonly Address[],
): Address | undefined {
  const firstWord = ({ host }: Address) => host.split('.')[0]
  const sameName = bootstraps.filter((each) => firstWord(each) === firstWord(advertised))
  if (sameName.length === 1) return sameName[0]
  const samePort = bootstraps.filter((each) => each.port === advertised.port)
  if (samePort.length === 1 && brokers.filter((each) => each.port === advertised.port).length === 1) return samePort[0]
  return brokers.length === 1 ? bootstraps[0] : undefined
}
