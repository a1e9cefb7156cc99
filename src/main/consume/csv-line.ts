import type { Settings } from '../../shared/settings.ts'
import { toDecimal } from '../../shared/decimal.ts'
import type { MarketEvent } from '../../shared/market.ts'
import { WireError, decodeEvent } from '../../shared/wire.ts'
import { createSecondLine } from '../store/csv-sink.ts'
import { textCell } from '../store/export/csv.ts'

/** Five fields of an earlier system's second, as it writes them: three of them numbers. */
const NUMBERS = ['avg_price', 'total_volume', 'batch_size'] as const

/**
 * Makes the CSV line of a record: of a five-field record as it stands, of a one-second bar in the same form. Undefined for
 * what makes no line: a quiet second, a correction, another kind of record. Throws WireError for what cannot be read.
 */
export function createCsvLine(options: Pick<Settings['csv'], 'ticker' | 'market'> & Pick<Settings, 'zone'>) {
  const lines = new Map<string, (event: MarketEvent) => string | undefined>()
  const lineOf = (event: MarketEvent) => {
    const { instrument } = event
    let line = lines.get(instrument)
    if (!line) {
      const ticker = instrument === options.market ? options.ticker : instrument
      lines.set(instrument, (line = createSecondLine({ ticker, zone: options.zone })))
    }
    return line(event)
  }
  return (text: string): string | undefined => toFive(text) ?? lineOf(decodeEvent(text))
}

/** The line of a five-field record; undefined where it is none. Numbers keep their digits. */
function toFive(text: string): string | undefined {
  if (!text.includes('"avg_price"')) return undefined
  let fields: Record<string, unknown>
  try {
    fields = JSON.parse(text, sourceText) as Record<string, unknown>
  } catch {
    throw new WireError('not-json')
  }
  const { ticker, timestamp } = fields
  if (typeof ticker !== 'string') throw new WireError('not-text', { field: 'ticker' })
  if (typeof timestamp !== 'string') throw new WireError('not-text', { field: 'timestamp' })
  const numbers = NUMBERS.map((name) => {
    const value = fields[name]
    if (!(value instanceof SourceText)) throw new WireError('not-number', { field: name })
    return value.decimal(name)
  })
  return `${[textCell(ticker), ...numbers, textCell(timestamp)].join(',')}\n`
}

/** A JSON number as it was written. */
class SourceText {
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }
  decimal(name: string): string {
    try {
      return toDecimal(this.text)
    } catch {
      throw new WireError('out-of-reason', { field: name })
    }
  }
}

function sourceText(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new SourceText(context?.source ?? String(value)) : value
}
