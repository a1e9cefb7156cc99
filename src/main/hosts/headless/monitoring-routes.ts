import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Monitoring } from '../../metrics/monitoring.ts'
import { TEXT_FORMAT } from '../../metrics/text-format.ts'
import { isSecret } from './request-guard.ts'

/** Where metrics and health are asked for, on every server that has them. */
export const MONITORING_PATHS = ['/metrics', '/health'] as const

/**
 * Adds `/metrics` (Prometheus' text) and `/health` (JSON; 503 while a part fails) to a server. With a token only to those who
 * send it as `Authorization: Bearer`: in an address it would end up in logs.
 */
export function addMonitoring(app: FastifyInstance, monitoring: Monitoring, token?: string): void {
  app.register(async (routes) => {
    routes.addHook('onRequest', async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      if (token === undefined || isSecret(bearer(request), token)) return
      await reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .type('text/plain')
        .send('Send the token of this start: "Authorization: Bearer …". `tapedeck status` tells it.')
    })
    routes.get('/metrics', async (_request, reply) => reply.type(TEXT_FORMAT).send(await monitoring.metrics()))
    routes.get('/health', async (_request, reply) => {
      const answer = await monitoring.health()
      return reply.code(answer.status === 'ok' ? 200 : 503).send(answer)
    })
  })
}

function bearer({ headers }: FastifyRequest): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}
