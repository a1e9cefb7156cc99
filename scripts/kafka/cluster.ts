import type { Certificates } from './certificates.ts'
import type { ListenerId } from './listeners.ts'
import type { KafkaVersion } from './versions.ts'

export interface ClusterOptions {
  readonly nodes: 1 | 3
  readonly version?: KafkaVersion | undefined
  /** Beside the plain one. */
  readonly listeners?: readonly ListenerId[] | undefined
  /** SASL users with their passwords; they are known to PLAIN and to SCRAM. */
  readonly users?: Readonly<Record<string, string>> | undefined
  /** SASL users may do only what access rules allow (none at first); the plain listener may do everything. */
  readonly restricted?: boolean | undefined
  /** Broker settings, such as `{ 'message.max.bytes': '2000' }`. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** Kept, and used again. Absent: a temporary folder that goes with the cluster. */
  readonly data?: string | undefined
  /** Folder of the nodes' logs. Absent: in the data folder. */
  readonly logs?: string | undefined
  /** Of the first node; the others and the further listeners follow by rule. Absent: free ones. */
  readonly port?: number | undefined
  readonly say?: ((text: string) => void) | undefined
  /** A node ended that nobody told to. */
  readonly onExit?: ((node: number, log: string) => void) | undefined
  /** Stops a start that is under way. */
  readonly signal?: AbortSignal | undefined
}

/** A real Kafka on this machine. Nodes are counted from 1. */
export interface Cluster {
  readonly version: KafkaVersion
  /** Of the plain listeners: what a client begins with. */
  readonly brokers: readonly string[]
  /** The same of the further listeners that were asked for. */
  readonly listeners: Readonly<Partial<Record<ListenerId, readonly string[]>>>
  /** Files for TLS clients, where a listener speaks TLS. */
  readonly certificates?: Pick<Certificates, 'caFile' | 'certFile' | 'keyFile'>
  /** The node's process; undefined while it is down. */
  pid(node: number): number | undefined
  log(node: number): string
  /** SIGKILL. Resolves when the process is gone. */
  kill(node: number): Promise<void>
  /** Leaves the cluster in order. */
  stop(node: number): Promise<void>
  /** Starts a node that is down; resolves when the running nodes all list it. */
  start(node: number): Promise<void>
  /** SIGSTOP: connections stay open and nothing is answered. */
  pause(node: number): void
  resume(node: number): void
  /** Ends all nodes; in order where the data is kept. Temporary data is removed. */
  close(): Promise<void>
}
