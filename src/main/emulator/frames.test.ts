import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { frames } from './frames.ts'
import type { FrameOptions } from './frames.ts'
import { eventually } from './testing/client.ts'
import { openTestMarket } from './testing/market.ts'

const START = 1_793_000_000_000

function digest(options: FrameOptions): string {
  const hash = createHash('sha256')
  for (const { venue, at, frame } of frames(options)) hash.update(`${venue} ${at} ${frame}\n`)
  return hash.digest('hex')
}

/** The same in a process of its own. */
function digestElsewhere(options: FrameOptions): string {
  const path = fileURLToPath(new URL('./frames.ts', import.meta.url))
  const program = `
    import { createHash } from 'node:crypto'
    import { frames } from ${JSON.stringify(path)}
    const hash = createHash('sha256')
    for (const { venue, at, frame } of frames(${JSON.stringify(options)})) hash.update(\`\${venue} \${at} \${frame}\\n\`)
    process.stdout.write(hash.digest('hex'))`
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
}

test.each([
  { rate: 1, seconds: 6 },
  { rate: 60, seconds: 3 },
  { rate: 20_000, seconds: 1 },
])(
  'A-08 at $rate trades/s the same seed gives a byte-identical stream, in this process and in another',
  ({ rate, seconds }) => {
    const options = { seed: 7, start: START, rate, seconds }
    const here = digest(options)
    expect([digest(options), digestElsewhere(options)]).toEqual([here, here])
    expect(digest({ ...options, seed: 8 })).not.toBe(here)
  },
  120_000, // all venues, four times over
)

test.each([1, 60, 20_000])('A-08 the rate is kept: %d trades/s', (rate) => {
  const seconds = rate === 1 ? 900 : rate === 60 ? 60 : 2
  let trades = 0
  for (const _ of frames({ seed: 7, start: START, rate, seconds, channels: ['trade'] })) trades += 1
  expect(trades / (rate * seconds)).toBeGreaterThan(0.6)
  expect(trades / (rate * seconds)).toBeLessThan(1.4)
})

test('A-08 the server sends the very frames that the pure stream holds', async () => {
  const options = { seed: 11, start: START, rate: 500 }
  const market = await openTestMarket({ ...options, venues: ['upbit'] })
  const client = await market.client('/upbit/websocket/v1')
  client.send([{ ticket: 't' }, { type: 'trade', codes: ['KRW-BTC'], is_only_realtime: true }])
  await eventually('fifty trades', () => (client.frames.length >= 50 ? true : undefined))
  const sent = client.frames.slice(0, 50)
  await market.close()

  const all = [...frames({ ...options, seconds: 20, venues: ['upbit'], channels: ['trade'] })]
    .map(({ frame }) => frame)
    .filter((frame) => frame.includes('"code":"KRW-BTC"'))
  const first = all.indexOf(sent[0] ?? '')
  expect(sent).toEqual(all.slice(first, first + 50))
})
