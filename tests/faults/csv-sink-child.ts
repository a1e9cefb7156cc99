/** A process to be killed: runs the CSV sink over an endless journal of our own making, as fast as it can write. */

import { createCsvSink } from '../../src/main/store/csv-sink.ts'
import { endlessBars, MARKET } from './endless-bars.ts'

createCsvSink({
  folder: process.argv[2] ?? '.',
  market: MARKET,
  ticker: 'BTC-USD',
  zone: 'UTC',
  demo: true,
  batch: 10,
  everySeconds: 0.002,
  epoch: 'one',
  source: endlessBars,
  log: { info: (text) => console.log(text), warn: (text) => console.log(text) },
})
