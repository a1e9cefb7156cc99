import { expect, test } from 'vitest'
import { readMetrics } from '../../../tests/prometheus-text.ts'
import { encodeFamilies } from './text-format.ts'

test('labels come back as they went in, whatever is in them', () => {
  const names = ['plain', '한국어', 'a "quoted" word', 'back\\slash', 'two\nlines', 'end\\', '{x="y"}', ' # HELP ']
  const text = encodeFamilies([
    {
      name: 'tapedeck_x',
      type: 'gauge',
      help: 'A back\\slash.',
      samples: names.map((group, value) => ({ labels: { group }, value })),
    },
  ])
  expect(readMetrics(text).get('tapedeck_x')).toEqual({
    type: 'GAUGE',
    help: 'A back\\slash.',
    samples: names.map((group, value) => ({ labels: { group }, value })),
  })
})

test('a family is its help, its type and a line for each number, and none without numbers', () => {
  const family = { name: 'tapedeck_x_total', type: 'counter', help: 'Two\nlines.' } as const
  const samples = [
    { labels: {}, value: 1e21 },
    { labels: { venue: 'upbit', state: 'live' }, value: -0.5 },
    { labels: { venue: 'okx' }, value: Infinity },
  ]
  expect(encodeFamilies([{ ...family, samples: [] }])).toBe('')
  expect(encodeFamilies([{ ...family, samples }])).toBe(
    `# HELP tapedeck_x_total Two\\nlines.
# TYPE tapedeck_x_total counter
tapedeck_x_total 1e+21
tapedeck_x_total{venue="upbit",state="live"} -0.5
tapedeck_x_total{venue="okx"} +Inf
`,
  )
})
