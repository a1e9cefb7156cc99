/** Reads what `/metrics` answers, by a parser of another maker's, and holds it to the parts of the format that it lets pass. */

import parse from 'parse-prometheus-text-format'

export interface ReadSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface ReadFamily {
  readonly type: 'COUNTER' | 'GAUGE'
  readonly help: string
  readonly samples: readonly ReadSample[]
}

/** The families by name. Throws at the first thing that Prometheus would refuse, or that its conventions forbid. */
export function readMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  check(text.endsWith('\n'), 'The text does not end with a line feed.')
  const families = new Map<string, ReadFamily>()
  for (const { name, help, type, metrics } of parse(text)) {
    check(/^[a-z][a-z0-9_]*$/.test(name), `${name} is no name.`)
    check(!families.has(name), `${name} comes twice.`)
    check(help !== '', `${name} has no help.`)
    check(type === 'COUNTER' || type === 'GAUGE', `${name} is a ${type}.`)
    check(name.endsWith('_total') === (type === 'COUNTER'), `${name} is a ${type}: counters end with _total.`)
    const samples = metrics.map(({ labels = {}, value }) => ({ labels, value: Number(value) }))
    const series = samples.map(({ labels }) => seriesOf(labels))
    check(new Set(series).size === series.length, `A series of ${name} comes twice.`)
    for (const { labels, value } of samples) {
      check(!Number.isNaN(value), `${name} has a value that is no number.`)
      for (const label of Object.keys(labels)) check(/^[a-z][a-z0-9_]*$/.test(label), `${label} is no label.`)
    }
    families.set(name, { type, help, samples })
  }
  // The parser passes over a last line that it does not know.
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const read = [...families.values()].reduce((sum, { samples }) => sum + samples.length, 0)
  check(read === lines.length, `${lines.length} lines, of which ${read} were read.`)
  return families
}

/** The value of one series; undefined where it is not told. */
export function valueIn(
  families: ReadonlyMap<string, ReadFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels)
  const found = families
    .get(name)
    ?.samples.find((each) => wanted.every(([label, value]) => each.labels[label] === value))
  return found?.value
}

function seriesOf(labels: ReadSample['labels']): string {
  return JSON.stringify(
    Object.keys(labels)
      .toSorted()
      .map((label) => [label, labels[label]]),
  )
}

function check(isSo: boolean, sentence: string): asserts isSo {
  if (!isSo) throw new Error(sentence)
}
