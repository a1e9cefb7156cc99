import kafkajs from 'kafkajs'
import { toClient } from './client.ts'

/** One thing that a SASL user of a restricted cluster may do. `name` '*' means all of that kind. */
export interface Right {
  readonly user: string
  readonly may: keyof typeof kafkajs.AclOperationTypes
  readonly on: 'TOPIC' | 'GROUP' | 'CLUSTER'
  readonly name: string
}

/** Grants rights on a restricted cluster, through its plain listener. A right on the cluster itself has the name 'kafka-cluster'. */
export async function allow(brokers: readonly string[], rights: readonly Right[]): Promise<void> {
  const admin = toClient(brokers).admin()
  await admin.connect()
  try {
    await admin.createAcls({
      acl: rights.map(({ user, may, on, name }) => ({
        resourceType: kafkajs.AclResourceTypes[on],
        resourceName: name,
        resourcePatternType: kafkajs.ResourcePatternTypes.LITERAL,
        principal: `User:${user}`,
        host: '*',
        operation: kafkajs.AclOperationTypes[may],
        permissionType: kafkajs.AclPermissionTypes.ALLOW,
      })),
    })
  } finally {
    await admin.disconnect()
  }
}
