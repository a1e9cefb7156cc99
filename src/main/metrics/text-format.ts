/** Prometheus' text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */

import type { Labels, Metric, Sample } from './metric.ts'

/** A metric with its numbers of one moment. */
export interface Family extends Pick<Metric<never>, 'name' | 'type' | 'help'> {
  readonly samples: readonly Sample[]
}

/** What the format is called in an HTTP header. */
export const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8'

/** Families as text, in their order; those without a number are left out. */
export function encodeFamilies(families: readonly Family[]): string {
  const told = families.filter(({ samples }) => samples.length > 0)
  return told.map(encodeFamily).join('')
}

/** Names a sample within its process: metric and labels. */
export function seriesName(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`
}

function encodeFamily({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ labels, value }) => `${seriesName(name, labels)} ${encodeNumber(value)}\n`)
  return `# HELP ${name} ${help.replace(/[\\\n]/g, escapeOne)}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function escapeLabel(text: string): string {
  return text.replace(/[\\\n"]/g, escapeOne)
}

function escapeOne(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`
}

function encodeNumber(value: number): string {
  if (value === Infinity) return '+Inf'
  return value === -Infinity ? '-Inf' : String(value)
}
