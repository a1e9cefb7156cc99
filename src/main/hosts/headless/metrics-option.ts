import { Option } from 'commander'
import type { Monitoring } from '../../metrics/monitoring.ts'
import type { ListenAddress } from './arguments.ts'
import { listenAddress } from './arguments.ts'
import type { MonitoringListener } from './monitoring-listener.ts'
import { openMonitoringListener } from './monitoring-listener.ts'

/** `--metrics`, of the commands that run an engine. */
export function metricsOption(): Option {
  return new Option('--metrics <address>', 'tell metrics and health without the token at [host:]port, for Prometheus')
    .env('TAPEDECK_METRICS')
    .argParser(listenAddress)
}

/** Opens what the option asks for, and says where it is. Undefined: it was not asked for. */
export async function openMetrics(
  address: ListenAddress | undefined,
  monitoring: Monitoring,
  log: { info(text: string): void },
): Promise<MonitoringListener | undefined> {
  if (!address) return undefined
  const listener = await openMonitoringListener(address, monitoring)
  log.info(`Metrics are at ${listener.url}, health beside them.`)
  return listener
}
