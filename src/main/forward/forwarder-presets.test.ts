import { describe, expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { BTC, START, second, ticker, trades } from '../journal/fixtures.ts'
import { retireForwards } from './groups.ts'
import { valuesOf } from './testing/fake-bus.ts'
import { useForwarding } from './testing/forwarding.ts'

const TRADES = TOPICS.trades.name

describe('presets', () => {
  const at = useForwarding()
  const { forward, emptied } = at

  test('A-29 a venue with a partition of its own gets that one, and waits with a reason while the topic does not have it', async () => {
    const topic = 'Region.NE_TickerPreprocessing'
    at.cluster.createTopic(topic, 1)
    const running = await forward({ presets: ['s2'] })
    const keys = ['binance:BTC/USDT', 'kraken:BTC/USD', 'upbit:BTC/KRW'] as const
    at.journal.append(
      'tickers',
      keys.map((key) => ticker(START, '1', key)),
    )
    await expect
      .poll(() => running.view().presets[0]?.fault, { timeout: 10_000 })
      .toMatchObject({
        code: 'bad-setting',
        message: `${topic} has too few partitions (1): a venue belongs into partition 1. Add partitions to the topic, or change "forward.partitions" in the settings.`,
      })
    at.cluster.createTopic(topic, 2)
    at.cluster.setAway(false)
    await emptied()
    expect(at.cluster.topics.get(topic)!.map((log) => log.map(({ key }) => key))).toEqual([
      ['binance:ticker'],
      ['kraken:ticker'],
    ])
  })

  test('Each preset has a cursor of its own; the outbox counts a record once, whoever still owes it', async () => {
    const running = await forward({ presets: ['own', 's0'], market: BTC })
    at.cluster.onSend = (_records, topic) =>
      topic === 'bit_topic' ? new FaultError('cluster-away', 'Not now.') : undefined
    at.journal.append('bars', [second(START, '1'), second(START, '2', {}, 'upbit:ETH/KRW')])
    at.journal.append('trades', trades(10))
    await expect.poll(() => running.view().presets[0]?.acked, { timeout: 10_000 }).toBe(12)
    const { records, presets } = running.view()
    const bars = partitionOf('upbit:ETH/KRW', 3) === partitionOf(BTC, 3) ? 2 : 1
    expect([records, presets[0]?.records, presets[1]?.records]).toEqual([bars, 0, bars])
    at.cluster.onSend = undefined
    await emptied()
    expect(valuesOf(at.cluster, 'bit_topic')).toHaveLength(1)
  })

  test('S4x-01 S4x-03 s4 makes the topics of stocks, and their quotes arrive there', async () => {
    await forward({ presets: ['s4'] })
    at.journal.append('tickers', [
      ticker(START, '281000', 'kis:005930'),
      ticker(START, '219.4', 'yahoo:NVDA'),
      ticker(START, '98668000', 'upbit:BTC/KRW'),
    ])
    await emptied()
    const symbols = (topic: string) =>
      valuesOf(at.cluster, topic).map((value) => (JSON.parse(value) as { symbol: string }).symbol)
    const topics = ['kis-stock', 'yfinance-stock', 'nasdaq-realtime', 'stock-data', 'crypto-data', 'nasdaq-daily']
    expect(topics.map((topic) => symbols(topic).toSorted())).toEqual([
      ['005930'],
      ['NVDA'],
      ['NVDA'],
      ['005930', 'NVDA'],
      ['BTC/KRW'],
      [],
    ])
  })

  test('A preset that is not chosen any more holds nothing back, nor does a cluster that is not in use', async () => {
    await forward({ presets: ['own', 's1'] })
    await at.forwarder.close(1_000)
    expect(await at.journal.groups()).toEqual(['forward:test:own', 'forward:test:s1'])
    await forward({ presets: ['own'] })
    await expect.poll(() => at.journal.groups()).toEqual(['forward:test:own'])
    await at.forwarder.close(1_000)
    await retireForwards(at.journal)
    expect(await at.journal.groups()).toEqual([])
  })

  test('Closing sends what the journal still holds, unless the cluster is away', async () => {
    await forward()
    at.journal.append('trades', trades(3_000))
    await expect.poll(() => at.journal.stats().pending).toBe(0)
    await at.forwarder.close(10_000)
    expect(valuesOf(at.cluster, TRADES)).toHaveLength(3_000)
    await forward()
    at.cluster.setAway(true)
    at.journal.append('trades', trades(10))
    await at.forwarder.close(60_000)
    expect(valuesOf(at.cluster, TRADES)).toHaveLength(3_000)
  })

  test('Closing does not wait for a batch that the cluster does not answer; the next run sends it', async () => {
    await forward()
    at.cluster.hangs = true
    at.journal.append('trades', trades(10))
    await expect.poll(() => at.forwarder.view().records, { timeout: 10_000 }).toBe(10)
    await at.forwarder.close(50)
    expect(valuesOf(at.cluster, TRADES)).toEqual([])
    at.cluster.hangs = false
    await forward()
    await emptied()
    expect(valuesOf(at.cluster, TRADES)).toHaveLength(10)
  })
})

describe('a read-only profile', () => {
  const at = useForwarding({ readOnly: true })

  test('forwards nothing, says so, and holds nothing back', async () => {
    const running = await at.forward()
    at.journal.append('trades', trades(5))
    await expect.poll(() => at.journal.stats().pending).toBe(0)
    expect(running.view()).toMatchObject({ records: 0, presets: [{ preset: 'own', fault: { code: 'read-only' } }] })
    expect([at.cluster.sends.length, await at.journal.groups()]).toEqual([0, []])
  })
})

describe('the demo', () => {
  const at = useForwarding({ demo: true })

  test('has topics that begin with demo., those of presets too', async () => {
    await at.forward({ presets: ['own', 's0'], market: BTC })
    at.journal.append('bars', [second(START, '1')])
    await at.emptied()
    expect([...at.cluster.topics.keys()].every((name) => name.startsWith('demo.'))).toBe(true)
    expect(valuesOf(at.cluster, 'demo.bit_topic')).toHaveLength(1)
  })
})
