import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fields } from './fields.ts'
import { layoutOf } from './layout.ts'

const EXAMPLE =
  '{"e":"trade","s":"BTC","n":1,"p":"1.5","ok":true,"none":null,"in":{"id":7},"rows":[["1.5","2.5"]],"tail":[]}'

const layout = layoutOf(EXAMPLE, { fixed: ['e'], read: ['s', 'n', 'ok', 'id', 'rows'], decimals: ['p', '0', '1'] })

/** All that both readers can say of a frame of the layout. */
function readKnown(fields: Fields, inner: Fields) {
  return {
    s: fields.text('s'),
    n: fields.decimal('n'),
    p: fields.decimal('p'),
    ok: fields.flag('ok'),
    id: inner.id('id'),
    rows: fields.list('rows').map((row) => [row.decimal('0'), row.decimal('1')]),
  }
}

const plain = fc
  .tuple(fc.nat(), fc.stringMatching(/^[0159]{0,6}$/))
  .map(([whole, part]) => (part === '' ? `${whole}` : `${whole}.${part}`))
const odd = fc.oneof(
  fc.constantFrom('1.16539E8', '5.485e-05', '-3', '-0', '00', '01', '5.', '.5', '0.00000000', '17883351803770004'),
  fc.stringMatching(/^[0159.eE-]{1,9}$/), // most are no numbers
)
/** Mostly plain, so that most frames are of the layout. */
const number = fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: odd })
const text = fc.oneof(
  fc.stringMatching(/^[A-Z]{1,9}$/),
  fc.constantFrom('BTC', '', '"', '\\', '한', 'a\nb', '\u0007'),
  fc.string(),
)
const row = fc.tuple(number, number).map(([left, right]) => `["${left}","${right}"]`)

const frame = fc
  .record({
    s: text.map((value) => JSON.stringify(value)),
    n: number,
    p: number,
    id: number,
    rows: fc.array(row),
    ok: fc.boolean(),
  })
  .map(
    ({ s, n, p, id, rows, ok }) =>
      `{"e":"trade","s":${s},"n":${n},"p":"${p}","ok":${ok},"none":null,"in":{"id":${id}},"rows":[${rows.join(',')}],"tail":[]}`,
  )

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() }
  } catch (error) {
    return error
  }
}

describe('layoutOf', () => {
  test('a frame of the layout gives what the exact reader gives, errors included', () => {
    let known = 0
    fc.assert(
      fc.property(frame, (json) => {
        const fields = layout(json)
        if (fields === undefined) return
        known += 1
        const exact = Fields.open(json)
        expect(outcome(() => readKnown(fields, fields))).toEqual(outcome(() => readKnown(exact, exact.object('in'))))
      }),
      { numRuns: 5_000 },
    )
    expect(known).toBeGreaterThan(500)
  })

  test('whatever the layout takes is JSON', () => {
    const noise = fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', ' ', '\n', '')
    fc.assert(
      fc.property(frame, fc.nat(), fc.nat(2), noise, (json, at, removed, added) => {
        const place = at % (json.length + 1)
        const broken = json.slice(0, place) + added + json.slice(place + removed)
        if (layout(broken) !== undefined) expect(() => JSON.parse(broken) as unknown).not.toThrow()
      }),
      { numRuns: 10_000 },
    )
  })

  test.each([
    ['another value of a fixed key', EXAMPLE.replace('trade', 'other')],
    ['another order', '{"s":"BTC","e":"trade"}'],
    ['one key more', EXAMPLE.replace('"n":1', '"n":1,"more":1')],
    ['white space', EXAMPLE.replace('"n":1', '"n": 1')],
    ['an escape', EXAMPLE.replace('BTC', '\\u0042TC')],
    ['a number where text was', EXAMPLE.replace('"1.5"', '1.5')],
    ['a decimal with an exponent', EXAMPLE.replace('"1.5"', '"1.5e1"')],
    ['a decimal with two points', EXAMPLE.replace('"1.5"', '"1.5.00"')],
    ['a cut', EXAMPLE.slice(0, -1)],
    ['a tail', `${EXAMPLE} `],
    ['rows of another width', EXAMPLE.replace('["1.5","2.5"]', '["1.5"]')],
    ['a length beyond reason', EXAMPLE.replace('BTC', 'B'.repeat(70_000))],
  ])('leaves a frame with %s to the exact reader', (_, json) => {
    expect(layout(json)).toBeUndefined()
  })

  test('takes the frame it was made from, and lists that are empty or long', () => {
    expect(layout(EXAMPLE)?.id('id')).toBe('7')
    expect(layout(EXAMPLE.replace('["1.5","2.5"]', ''))?.list('rows')).toEqual([])
    const many = Array.from({ length: 1_000 }, (_, at) => `["${at}.10","0.0"]`).join(',')
    expect(layout(EXAMPLE.replace('["1.5","2.5"]', many))?.list('rows').at(-1)?.decimal('0')).toBe('999.1')
  })

  test('rows with one uncommon number are all read', () => {
    const rows = layout(EXAMPLE.replace('["1.5","2.5"]', '["1.5","2.50"],["1e2","-3"]'))?.list('rows')
    expect(rows?.map((each) => [each.decimal('0'), each.decimal('1')])).toEqual([
      ['1.5', '2.5'],
      ['100', '-3'],
    ])
  })
})

test('a list that holds exactly one object may be read as if its keys were the frame’s own', () => {
  const single = layoutOf('{"e":"trade","data":[{"s":"BTC","rows":[{"p":"1.5"}]}]}', {
    fixed: ['e'],
    read: ['s'],
    decimals: ['p'],
    single: ['data', 'rows'],
  })
  const fields = single('{"e":"trade","data":[{"s":"ETH","rows":[{"p":"2.50"}]}]}')
  expect([fields?.text('s'), fields?.decimal('p')]).toEqual(['ETH', '2.5'])
  expect([
    single('{"e":"trade","data":[]}'),
    single('{"e":"trade","data":[{"s":"ETH","rows":[{"p":"2.50"},{"p":"1"}]}]}'),
    single('{"e":"trade","data":[{"s":"ETH","rows":[{"p":"2.50"}]},{"s":"ETH","rows":[{"p":"2.50"}]}]}'),
  ]).toEqual([undefined, undefined, undefined])
})
