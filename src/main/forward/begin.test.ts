import { expect, test } from 'vitest'
import { TOPICS } from '../../shared/topics.ts'
import { BTC, START, trade } from '../journal/fixtures.ts'
import type { Cursor } from '../journal/journal.ts'
import { valuesOf } from './testing/fake-bus.ts'
import { useForwarding } from './testing/forwarding.ts'

const at = useForwarding()

/** Appends a trade, and resolves when the journal has it. */
async function appended(id: string): Promise<void> {
  at.journal.append('trades', [trade(id, START + Number(id))])
  await expect.poll(() => at.journal.stats().pending).toBe(0)
}

async function ends(): Promise<readonly Cursor[]> {
  return (await at.journal.ends()).map(({ topic, partition, end }) => ({ topic, partition, offset: end }))
}

/** Ids of the trades in the own topic. */
function sent(): string[] {
  return valuesOf(at.cluster, TOPICS.trades.name).map((text) => (JSON.parse(text) as { data: { id: string } }).data.id)
}

test('A preset that is on from the start and never ran begins with the first record of the run, however late it comes to it', async () => {
  await appended('1')
  const begin = await ends()
  await appended('2')
  await at.forward({}, begin)
  await appended('3')
  await at.emptied()
  expect(sent()).toEqual(['2', '3'])
})

test('One that ran before goes on where it was, also behind the beginning of the run', async () => {
  await at.forward()
  await appended('1')
  await at.emptied()
  await at.forwarder.close(5_000)
  await appended('2')
  const begin = await ends()
  await appended('3')
  await at.forward({}, begin)
  await at.emptied()
  expect(sent()).toEqual(['1', '2', '3'])
})

test('One that is switched on later begins from then on', async () => {
  const begin = await ends()
  await at.forward({}, begin)
  await appended('1')
  await at.emptied()
  await at.forwarder.close(5_000)
  await at.forward({ presets: ['own', 's1'], market: BTC })
  await appended('2')
  await at.emptied()
  expect([sent(), valuesOf(at.cluster, 'stock_trade').length]).toEqual([['1', '2'], 1])
})
