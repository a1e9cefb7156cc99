import { assert, constantFrom, dictionary, integer, property, record, string, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { ASSIGNORS } from './assign.ts'

const places = (topic: string, ...partitions: number[]) => partitions.map((partition) => ({ topic, partition }))

test('three members share three partitions one each, and a fourth has none', () => {
  const subscribers = ['a', 'b', 'c', 'd'].map((member) => ({ member, topics: ['ticks'] }))
  const counts = new Map([['ticks', 3]])
  const shared = new Map([
    ['a', places('ticks', 0)],
    ['b', places('ticks', 1)],
    ['c', places('ticks', 2)],
    ['d', []],
  ])
  expect(ASSIGNORS.roundrobin!(subscribers, counts)).toEqual(shared)
  expect(ASSIGNORS.range!(subscribers, counts)).toEqual(shared)
})

test('in turn over several topics, as ranges per topic', () => {
  const subscribers = [
    { member: 'b', topics: ['x', 'y'] },
    { member: 'a', topics: ['x', 'y'] },
  ]
  const counts = new Map([
    ['y', 3],
    ['x', 3],
  ])
  expect(ASSIGNORS.roundrobin!(subscribers, counts)).toEqual(
    new Map([
      ['a', [...places('x', 0, 2), ...places('y', 1)]],
      ['b', [...places('x', 1), ...places('y', 0, 2)]],
    ]),
  )
  expect(ASSIGNORS.range!(subscribers, counts)).toEqual(
    new Map([
      ['a', [...places('x', 0, 1), ...places('y', 0, 1)]],
      ['b', [...places('x', 2), ...places('y', 2)]],
    ]),
  )
})

test('every wanted place has exactly one reader, who wants it', () => {
  const topics = constantFrom('a', 'b', 'c')
  const count = integer({ min: 0, max: 9 })
  const group = record({
    members: dictionary(string({ minLength: 1, maxLength: 4 }), uniqueArray(topics), { noNullPrototype: true }),
    counts: record({ a: count, b: count, c: count }),
  })
  for (const assign of Object.values(ASSIGNORS))
    assert(
      property(group, ({ members, counts }) => {
        const subscribers = Object.entries(members).map(([member, wanted]) => ({ member, topics: wanted }))
        const assigned = assign(subscribers, new Map(Object.entries(counts)))
        const wanted = Object.entries(counts)
          .filter(([topic]) => subscribers.some((each) => each.topics.some((own) => own === topic)))
          .flatMap(([topic, partitions]) =>
            Array.from({ length: partitions }, (_, partition) => `${topic} ${partition}`),
          )
        const given = [...assigned].flatMap(([member, mine]) =>
          mine.map(({ topic, partition }) => {
            expect(members[member]).toContain(topic)
            return `${topic} ${partition}`
          }),
        )
        expect(given.toSorted()).toEqual(wanted.toSorted())
      }),
    )
})
