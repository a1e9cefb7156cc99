import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Command, Contract, Sink, Stream } from './bridge.ts'
import { createClient, createPortPair, serve } from './bridge.ts'
import { FaultError } from './faults.ts'

const contract = {
  double: { type: 'command', params: z.strictObject({ n: z.number() }) } as Command<{ n: number }, number>,
  fail: { type: 'command', params: z.strictObject({}) } as Command<object, never>,
  count: { type: 'stream', params: z.strictObject({}) } as Stream<object, number>,
} satisfies Contract

function joined(count: (sink: Sink<number>) => () => void = () => () => undefined) {
  const [page, engine] = createPortPair()
  serve<typeof contract>(
    contract,
    {
      double: ({ n }) => n * 2,
      fail: () => {
        throw new FaultError('disk-full', 'The disk is full. Free some room.')
      },
      count: (_params, sink) => count(sink),
    },
    engine,
  )
  return { client: createClient<typeof contract>(page), page, engine }
}

describe('bridge', () => {
  it('answers a command once', async () => {
    const { client } = joined()
    await expect(client.call('double', { n: 21 })).resolves.toBe(42)
  })

  it('refuses parameters that are not valid, naming the field', async () => {
    const { client } = joined()
    await expect(client.call('double', { n: 'x' } as never)).rejects.toMatchObject({
      fault: { code: 'bad-request', message: expect.stringMatching(/^double: n: /) as string },
    })
  })

  it('refuses what is not in the contract, also names that every object has', async () => {
    const { client } = joined()
    for (const name of ['nothing', 'constructor', '__proto__', 'count'])
      await expect(client.call(name as 'double', { n: 1 })).rejects.toMatchObject({
        fault: { code: 'unknown-command' },
      })
  })

  it('carries a fault across as a value', async () => {
    const { client } = joined()
    await expect(client.call('fail', {})).rejects.toMatchObject({
      fault: { code: 'disk-full', message: 'The disk is full. Free some room.' },
    })
  })

  it('keeps at most two values of a stream in flight', async () => {
    let sink: Sink<number> | undefined
    const { client } = joined((opened) => {
      sink = opened
      return () => undefined
    })
    const taken: number[] = []
    const release: (() => void)[] = []
    client.open('count', {}, (value) => {
      taken.push(value)
      return new Promise((resolve) => release.push(resolve))
    })
    await vi.waitFor(() => expect(sink).not.toBe(undefined))
    let sent = 0
    while (sink!.ready) sink!.send(sent++)
    expect(sent).toBe(2)
    await vi.waitFor(() => expect(taken).toEqual([0]))
    expect(sink!.ready).toBe(false)
    release.shift()!()
    await vi.waitFor(() => expect(sink!.ready).toBe(true))
    await vi.waitFor(() => expect(taken).toEqual([0, 1]))
  })

  it('leaves a stream when the page asks, and when its port closes', async () => {
    const left = vi.fn()
    const { client, page } = joined(() => left)
    const leave = client.open('count', {}, () => undefined)
    await vi.waitFor(async () => expect(await client.call('double', { n: 1 })).toBe(2))
    leave()
    await vi.waitFor(() => expect(left).toHaveBeenCalledTimes(1))
    client.open('count', {}, () => undefined)
    await client.call('double', { n: 1 })
    page.close()
    await vi.waitFor(() => expect(left).toHaveBeenCalledTimes(2))
  })

  it('tells every call and stream that the connection is lost', async () => {
    const { client, page } = joined()
    const ended = vi.fn()
    client.open('count', {}, () => undefined, ended)
    const call = client.call('double', { n: 1 })
    page.close()
    await expect(call).rejects.toMatchObject({ fault: { code: 'connection-lost' } })
    expect(ended).toHaveBeenCalledWith(expect.objectContaining({ code: 'connection-lost' }))
    await expect(client.call('double', { n: 1 })).rejects.toMatchObject({ fault: { code: 'connection-lost' } })
  })

  it('survives messages that are no requests', async () => {
    const { client, page } = joined()
    for (const noise of [
      null,
      7,
      'x',
      [],
      {},
      { t: 'call' },
      { t: 'ack', id: 99 },
      { t: 'leave', id: 99 },
      { t: 'boom', id: 1 },
    ])
      page.send(noise)
    await expect(client.call('double', { n: 4 })).resolves.toBe(8)
  })
})
