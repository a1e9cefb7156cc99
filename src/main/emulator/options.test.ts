import { expect, test } from 'vitest'
import { parseOptions, toCommandLine } from './options.ts'
import type { EmulatorOptions } from './options.ts'

const ALL: EmulatorOptions = {
  seed: 7,
  rate: 20_000,
  port: 0,
  venues: ['upbit', 'binance'],
  start: 1_793_000_000_000,
  speed: 2.5,
  limits: false,
  record: 10,
  timings: { idle: 1, pingEvery: 2, pongWithin: 3, lifetime: 4 },
  replay: 'frames.jsonl',
}

test('options survive the command line; the token does not travel on it', () => {
  expect(parseOptions(toCommandLine({ ...ALL, token: 'secret' }))).toEqual(ALL)
  expect(parseOptions([])).toEqual({})
})

test.each([
  ['--rate=30000', "--rate takes a number, 1 to 20000, not '30000'."],
  ['--seed=x', "--seed takes a number, 0 or more, not 'x'."],
  ['--venues=upbit,mtgox', "not 'mtgox'."],
  ['--nope', "Unknown option '--nope'"],
])('%s is refused with a sentence', (flag, sentence) => {
  expect(() => parseOptions([flag])).toThrow(sentence)
})
