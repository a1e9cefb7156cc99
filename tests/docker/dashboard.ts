/** The dashboard of docker/grafana as data, and the metrics that its queries name. */

import { parser } from '@prometheus-io/lezer-promql'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const target = z.object({
  refId: z.string(),
  expr: z.string().min(1),
  legendFormat: z.string(),
  datasource: z.object({ type: z.literal('prometheus'), uid: z.string() }),
})
const place = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() })
const panel = z.object({
  id: z.number(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: place,
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().min(1) }) }).optional(),
  targets: z.array(target).optional(),
})
const dashboard = z.object({ uid: z.string(), title: z.string(), editable: z.literal(false), panels: z.array(panel) })

export type Panel = z.infer<typeof panel>

export function readDashboard(): z.infer<typeof dashboard> {
  const file = new URL('../../docker/grafana/dashboards/tapedeck.json', import.meta.url)
  return dashboard.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** Grafana puts a length in the place of its own variables. */
function toPromql(expression: string): string {
  return expression.replaceAll('$__rate_interval', '1m')
}

/** What a query asks for: metrics and label matchers as they are written. Throws where Prometheus' grammar does not read it. */
export function readQuery(expression: string): {
  readonly metrics: readonly string[]
  readonly labels: readonly string[]
} {
  const text = toPromql(expression)
  const metrics: string[] = []
  const labels: string[] = []
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`PromQL ends at ${node.from}: ${text}`)
      if (node.node.parent?.name === 'VectorSelector' && node.name === 'Identifier')
        metrics.push(text.slice(node.from, node.to))
      if (node.name === 'LabelName') labels.push(text.slice(node.from, node.to))
    },
  })
  return { metrics, labels }
}
