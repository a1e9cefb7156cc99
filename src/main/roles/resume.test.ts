import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Gap, InstrumentKey, MarketEvent } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { BTC, ETH, START, clock, gap, trade } from '../journal/fixtures.ts'
import type { Journal } from '../journal/journal.ts'
import { openJournal } from '../journal/open-journal.ts'
import { createClock } from '../pipeline/watermarks.ts'
import { downGaps, readEnd } from './resume.ts'

let folder: string
let journal: Journal
const open = () =>
  openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 1e9 },
    clock: () => START,
    ballastBytes: 65_536,
  })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-resume-'))
  journal = await open()
})
afterEach(async () => {
  await journal.close()
  rmSync(folder, { recursive: true })
})

/** Ends this run, and reads its end in the next one, which starts at `now`. */
async function restart(now: number): Promise<readonly MarketEvent<Gap>[]> {
  await journal.close()
  journal = await open()
  return downGaps(await readEnd(journal, false), now)
}
const down = (instrument: InstrumentKey, since: number, until: number): MarketEvent<Gap> => ({
  ...gap(since, { until, reason: 'engine-down' }, instrument),
  receivedAt: until,
})

describe('the end of the run before', () => {
  test('a first run has no down time', async () => {
    expect(await restart(START)).toEqual([])
  })

  test('A-27 from the last that is recorded of a venue until now, every market that was watched was down', async () => {
    journal.append('trades', [gap(START, { reason: 'connecting' }), gap(START, { reason: 'connecting' }, ETH)])
    journal.append('trades', [trade('1', START + 100), trade('2', START + 200, { instrument: ETH })])
    journal.appendToAll('trades', clock(START + 2 * SECOND))
    journal.append('trades', [trade('3', START + 2_500)])
    const now = START + 90 * SECOND
    const gaps = await restart(now)
    expect(gaps.toSorted((a, b) => (a.instrument < b.instrument ? -1 : 1))).toEqual([
      down(BTC, START + 2_500, now),
      down(ETH, START + 2_500, now),
    ])
  })

  test('a run that was killed before its first clock record ended with its last event', async () => {
    journal.append('trades', [gap(START, { reason: 'connecting' }), trade('1', START + 400)])
    // A wrong date, a day ahead.
    journal.append('trades', [trade('2', START + 86_400_000, { receivedAt: START + 500 })])
    expect(await restart(START + 9 * SECOND)).toEqual([down(BTC, START + 500, START + 9 * SECOND)])
  })

  test('a market that nobody watched any more was not down', async () => {
    journal.append('trades', [trade('1', START), trade('2', START, { instrument: ETH })])
    journal.append('trades', [gap(START + SECOND, { reason: 'unwatched' }, ETH)])
    journal.appendToAll('trades', clock(START + 2 * SECOND))
    expect(await restart(START + 9 * SECOND)).toEqual([down(BTC, START + 2 * SECOND, START + 9 * SECOND)])
  })

  test('a quiet market is known by the clock record that lists it, however many trades of others came since', async () => {
    const clocks = createClock()
    clocks.observe([gap(START, { reason: 'connecting', until: START + 10 }, ETH), trade('0', START)])
    journal.appendToAll('trades', clocks.tick({ upbit: START }, START)!)
    for (let second = 1; second <= 8; second += 1) {
      const at = START + second * SECOND
      journal.append(
        'trades',
        Array.from({ length: 900 }, (_, index) => trade(`${second}-${index}`, at + index)),
      )
      journal.appendToAll('trades', clocks.tick({ upbit: at }, at)!)
    }
    const gaps = await restart(START + 60 * SECOND)
    expect(Object.fromEntries(gaps.map(({ instrument, data }) => [instrument, data.since]))).toEqual({
      [BTC]: START + 8 * SECOND + 899,
      [ETH]: START + 8 * SECOND + 899,
    })
  })
})
