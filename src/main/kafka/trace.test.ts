import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Hop } from '../../shared/kafka-view.ts'
import type { MarketEvent } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { partitionOf, TOPICS } from '../../shared/topics.ts'
import { forwardGroup } from '../forward/groups.ts'
import { BTC, START, second, trade, trades } from '../journal/fixtures.ts'
import type { TestStore } from '../store/fixtures.ts'
import { openTestStore } from '../store/fixtures.ts'
import type { KafkaStanding, Trace } from './trace.ts'
import { createTrace } from './trace.ts'

const PARTITION = partitionOf(BTC, TOPICS.trades.partitions)
const PLACE = { topic: TOPICS.trades.name, partition: PARTITION }
const GROUP = forwardGroup('c', 'own')
const OFF: KafkaStanding = { state: 'off', readOnly: false, forwards: true, reads: () => false }
const UP: KafkaStanding = { state: 'up', cluster: 'c', readOnly: false, forwards: true, reads: () => true }
const AT = START + 250
const WANTED = { instrument: BTC, id: 'wanted', at: AT }

let kept: TestStore
let kafka: KafkaStanding
let now: number
let trace: Trace
beforeEach(async () => {
  kept = await openTestStore()
  kafka = OFF
  now = START + SECOND
  trace = createTrace({ ...kept, demo: false, kafka: () => kafka, now: () => now })
})
afterEach(async () => {
  trace.close()
  await kept.close()
  kept.remove()
})

const wanted = (more: Partial<MarketEvent> = {}) => trade('wanted', AT, { receivedAt: AT + 30, ...more, data: {} })
const hop = async (name: Hop['hop']) => (await trace.trade(WANTED)).find((each) => each.hop === name)
const delivered = (offset: number, records: number, toBase: string) => ({
  deliveries: [
    {
      ...PLACE,
      first: offset,
      last: offset + records - 1,
      toTopic: PLACE.topic,
      toPartition: 2,
      toBase,
      records,
      sentAt: START + 300,
      ackedAt: START + 310,
    },
  ],
  parked: [],
})

test('W2 a trade is followed through every hop, in the order of the flow, with time and place of each', async () => {
  kafka = UP
  await kept.put(trade('before', AT - 10), wanted())
  await kept.journal.commit(GROUP, [{ ...PLACE, offset: 2 }], undefined, delivered(0, 2, '41'))
  trace.returned({ topic: PLACE.topic, partition: 2 }, [40, 41, 42, 43])
  await kept.put(second(START, '100', { revision: 0 }))
  const record = { topic: PLACE.topic, partition: 2, offset: '42' }
  const where = `${PLACE.topic}/2/42`
  expect(await trace.trade(WANTED)).toEqual([
    { hop: 'exchange', at: AT },
    { hop: 'socket', at: AT + 30 },
    { hop: 'journal', at: expect.any(Number), where: `${PLACE.topic}/${PARTITION}/1` },
    {
      hop: 'aggregate',
      at: expect.any(Number),
      where: `${TOPICS.bars.name}/${PARTITION}/0`,
      bar: { openAt: START, revision: 0 },
    },
    { hop: 'sent', at: START + 300, where, record },
    { hop: 'acked', at: START + 310, where, record },
    { hop: 'consumed', at: now, where, record },
    { hop: 'stored', at: now, where: 'market.db' },
  ])
})

test('W2 one trade is found among thousands, and its bar among those of other seconds', async () => {
  await kept.put(...trades(6_000), ...[0, 1, 2].map((index) => second(START + index * SECOND, '100')))
  const hops = await trace.trade({ instrument: BTC, id: '3000', at: START + 60_000 })
  expect(hops.slice(1, 3).map(({ hop: name, at }) => [name, at])).toEqual([
    ['socket', START + 60_005],
    ['journal', expect.any(Number)],
  ])
  const early = await trace.trade({ instrument: BTC, id: '60', at: START + 1_200 })
  expect(early.find(({ hop: name }) => name === 'aggregate')?.bar).toEqual({ openAt: START + SECOND, revision: 0 })
})

test('W2 a late trade belongs to the bar that counts it first, not to the one that was closed without it', async () => {
  await kept.put(
    { ...second(START, '100'), receivedAt: START + 3_000 },
    wanted({ receivedAt: START + 4_000 }),
    { ...second(START, '101', { revision: 1 }), receivedAt: START + 5_000 },
    { ...second(START, '102', { revision: 2 }), receivedAt: START + 6_000 },
  )
  expect((await hop('aggregate'))?.bar).toEqual({ openAt: START, revision: 1 })
})

describe('W2 what is not reached says why', () => {
  const reasons = async () =>
    (await trace.trade(WANTED)).flatMap(({ hop: name, missing }) => (missing ? [[name, missing]] : []))
  const sending = (missing: string) => ['sent', 'acked', 'consumed'].map((name) => [name, missing])

  test('a trade on its way into the journal, and one that never came here', async () => {
    const all = (missing: string) => [
      ['socket', missing],
      ['journal', missing],
      ['aggregate', missing],
      ...sending(missing),
    ]
    expect(await reasons()).toEqual([...all('not-journaled'), ['stored', 'not-stored']])
    now = START + MINUTE
    expect(await reasons()).toEqual([...all('not-in-journal'), ['stored', 'not-in-store']])
  })

  test('no cluster; a second that is open, and one that will not be closed', async () => {
    await kept.put(wanted())
    expect(await reasons()).toEqual([['aggregate', 'second-open'], ...sending('no-cluster')])
    now = START + 3 * MINUTE
    expect(await reasons()).toEqual([['aggregate', 'not-in-journal'], ...sending('no-cluster')])
  })

  test('a cluster that is read-only, gets other topics, is away, or has not got it yet', async () => {
    await kept.put(wanted())
    const at = async (standing: Partial<KafkaStanding>) => {
      kafka = { ...UP, ...standing }
      return (await hop('sent'))?.missing
    }
    expect([
      await at({ readOnly: true }),
      await at({ forwards: false }),
      await at({ state: 'away' }),
      await at({}),
    ]).toEqual(['read-only', 'not-forwarded', 'cluster-away', 'in-outbox'])
  })

  test('a record that the cluster refused, and one that forwarding passed over', async () => {
    kafka = UP
    await kept.put(wanted())
    await kept.journal.commit(GROUP, [{ ...PLACE, offset: 1 }])
    expect((await hop('sent'))?.missing).toBe('not-sent')
    const parked = { ...PLACE, offset: 0, toTopic: PLACE.topic, at: AT, reason: 'too large', bytes: Buffer.from('{}') }
    await kept.journal.commit(GROUP, [{ ...PLACE, offset: 1 }], undefined, { deliveries: [], parked: [parked] })
    expect((await hop('sent'))?.missing).toBe('refused')
  })

  test('a record that nobody here consumes, that is still to be consumed, or was before this start', async () => {
    await kept.put(wanted())
    await kept.journal.commit(GROUP, [{ ...PLACE, offset: 1 }], undefined, delivered(0, 1, '7'))
    const at = async (standing: Partial<KafkaStanding>) => {
      kafka = { ...UP, ...standing }
      return (await hop('consumed'))?.missing
    }
    expect([await at({ reads: () => false }), await at({ state: 'off' })]).toEqual(['no-consumer', 'no-cluster'])
    expect(await at({})).toBe('not-kept')
    trace.close()
    now = START
    trace = createTrace({ ...kept, demo: false, kafka: () => kafka, now: () => now })
    expect([await at({}), await at({ state: 'away' })]).toEqual(['not-consumed', 'cluster-away'])
  })
})

test('W2 a batch that was split over several partitions names where it begins, and no offset', async () => {
  kafka = UP
  await kept.put(wanted())
  const split = delivered(0, 1, '40')
  await kept.journal.commit(GROUP, [{ ...PLACE, offset: 1 }], undefined, {
    ...split,
    deliveries: split.deliveries.map((each) => ({ ...each, last: 4, records: 2 })),
  })
  expect(await hop('sent')).toEqual({ hop: 'sent', at: START + 300, where: `${PLACE.topic}/2/from 40` })
})

test('W2 what went to another cluster is not shown as if it lay in this one', async () => {
  kafka = { ...UP, cluster: 'other' }
  await kept.put(wanted())
  await kept.journal.commit(GROUP, [{ ...PLACE, offset: 1 }], undefined, delivered(0, 1, '7'))
  expect(await hop('sent')).toEqual({ hop: 'sent', missing: 'in-outbox' })
})
