import { hostname, networkInterfaces } from 'node:os'
import fastify from 'fastify'
import { FaultError } from '../../../shared/faults.ts'
import type { Monitoring } from '../../metrics/monitoring.ts'
import type { ListenAddress } from './arguments.ts'
import { MONITORING_PATHS, addMonitoring } from './monitoring-routes.ts'
import { deny, refuse } from './request-guard.ts'

export interface MonitoringListener {
  /** Where the metrics are. */
  readonly url: string
  close(): Promise<void>
}

/**
 * A door for Prometheus, which cannot know the token of a start: it answers GET of metrics and health, to requests that name
 * this machine, and nothing else. Nothing that it tells is secret; it is on loopback unless another address is given.
 */
export async function openMonitoringListener(
  { host, port }: ListenAddress,
  monitoring: Monitoring,
): Promise<MonitoringListener> {
  const app = fastify({
    logger: false,
    bodyLimit: 1_024,
    requestTimeout: 10_000,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  })
  let hosts: ReadonlySet<string> = new Set()
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
    const refusal = refuse(request, hosts, new Set())
    if (refusal) return deny(request, reply, refusal.status, refusal.text)
    const [path] = request.url.split('?', 1)
    if (!MONITORING_PATHS.some((each) => each === path))
      return deny(request, reply, 404, `There is ${MONITORING_PATHS.join(' and ')}, and nothing else.`)
    if (request.method === 'GET') return
    void reply.header('allow', 'GET')
    return deny(request, reply, 405, 'Only GET is answered here.')
  })
  addMonitoring(app, monitoring)
  await app.listen({ host, port }).catch((error: unknown) => {
    throw toFault(error, host, port)
  })
  const address = app.server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  hosts = new Set(namesOf(host).map((name) => `${inAddress(name)}:${bound}`))
  return { url: `http://${[...hosts][0]}/metrics`, close: () => app.close() }
}

const EVERY_ADDRESS = ['0.0.0.0', '::']

/** How a request may name this machine: names of strangers are refused, whatever address they lead to (DNS rebinding). */
function namesOf(host: string): readonly string[] {
  const own = ['127.0.0.1', 'localhost', '::1']
  if (!EVERY_ADDRESS.includes(host)) return own.includes(host) ? own : [host]
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return [...own, hostname(), ...addresses.filter(({ internal }) => !internal).map(({ address }) => address)]
}

function inAddress(name: string): string {
  return name.includes(':') ? `[${name}]` : name
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is in use. End what listens there, or choose another port.',
  EADDRNOTAVAIL: 'This machine has no such address. Choose one of its own, or 0.0.0.0 for all.',
  ENOTFOUND: 'This host has no address. Choose one of this machine’s.',
  EACCES: 'Ports below 1024 need more rights. Choose another port.',
}

function toFault(error: unknown, host: string, port: number): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? '']
  return reason === undefined ? error : new FaultError('bad-setting', `--metrics ${inAddress(host)}:${port}: ${reason}`)
}
