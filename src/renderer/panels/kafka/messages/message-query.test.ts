import { describe, expect, it } from 'vitest'
import { checkQuery, EMPTY_QUERY } from './message-query.ts'

const draft = { ...EMPTY_QUERY, topic: 'tapedeck.trades.v1' }

describe('a search in a topic', () => {
  it('asks for the last thousand records of all partitions at first', () => {
    expect(checkQuery(draft, false, 'UTC')).toEqual({
      query: { topic: 'tapedeck.trades.v1', from: { last: 1000 }, follow: false, limit: 500 },
    })
  })

  it('A-38 reads offsets as text, times on the chosen clock, and ranges of partitions', () => {
    const checked = checkQuery(
      {
        ...draft,
        fromWay: 'at',
        from: '2026-11-23 09:00:00',
        toWay: 'offset',
        to: '9007199254740993',
        partitions: '5, 0-2',
        path: 'data.price > 100',
      },
      false,
      'KST',
    )
    expect(checked).toEqual({
      query: {
        topic: 'tapedeck.trades.v1',
        from: { at: Date.UTC(2026, 10, 23) },
        to: { offset: '9007199254740993' },
        partitions: [0, 1, 2, 5],
        path: 'data.price > 100',
        follow: false,
        limit: 500,
      },
    })
  })

  it('names every field that is not right', () => {
    const checked = checkQuery(
      {
        ...draft,
        topic: ' ',
        fromWay: 'offset',
        from: '-1',
        toWay: 'at',
        to: 'now',
        partitions: 'x',
        path: 'a',
        limit: '0',
      },
      false,
      'UTC',
    )
    expect(checked).toEqual({ wrong: new Set(['topic', 'from', 'to', 'partitions', 'path', 'limit']) })
  })

  it('a live tail begins at the end and has none', () => {
    expect(checkQuery({ ...draft, fromWay: 'offset', from: '?', toWay: 'at', to: '?' }, true, 'UTC')).toEqual({
      query: { topic: 'tapedeck.trades.v1', from: 'latest', follow: true, limit: 5_000 },
    })
  })
})
