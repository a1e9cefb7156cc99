import { beginsAt, toLetters } from './hangul.ts'
import type { Instrument, VenueId } from './market.ts'
import { VENUES } from './market.ts'

/** Finds markets by what people type: 비트코인, ㅂㅌㅋㅇ, btc, KRW-BTC, "upbit btc". */
export interface Search {
  /** The best `limit` markets, best first: all words must match, each by venue, pair, quote or any known name. */
  search(query: string, limit: number): readonly Instrument[]
}

/** How well a word fits, best first: the sum over the words decides. */
const FIT = { exact: 0, name: 1, base: 2, begin: 3, word: 4, inside: 5, scope: 6 } as const

const MAIN_QUOTES: ReadonlySet<string> = new Set(['krw', 'usdt', 'usd'])
const VENUE_NAMES: Readonly<Record<VenueId, readonly string[]>> = {
  upbit: ['업비트'],
  bithumb: ['빗썸'],
  coinone: ['코인원'],
  korbit: ['코빗'],
  okx: ['오케이엑스'],
  bybit: ['바이비트', '바이빗'],
  gateio: ['gate.io', '게이트'],
  binance: ['바이낸스'],
  kraken: ['크라켄'],
  coinbase: ['코인베이스'],
  kis: ['kis', '한국투자', '한투', 'korea investment'],
  yahoo: ['yahoo', '야후'],
}

/** A name taken apart once: by typed letters, one entry per character, and the places where a word begins. */
interface Name {
  readonly characters: readonly string[]
  readonly text: string
  readonly starts: readonly number[]
}

interface Entry {
  readonly instrument: Instrument
  readonly base: string
  readonly quote: string
  /** Spellings of the pair without separators. */
  readonly pairs: readonly string[]
  /** Shared by all markets of one base: a Korean name that one venue gives finds the others' markets too. */
  readonly names: Name[]
  readonly venue: readonly Name[]
}

interface Word {
  readonly letters: string
  readonly compact: string
}

/** Prepares a list of markets once; a search then only compares text. */
export function createSearch(instruments: readonly Instrument[]): Search {
  const byBase = new Map<string, Name[]>()
  const byVenue = new Map(VENUES.map((venue) => [venue, [venue, ...VENUE_NAMES[venue]].map(toName)]))
  const entries = instruments
    .map((instrument) => toEntry(instrument, byBase, byVenue.get(instrument.venue) ?? []))
    .toSorted(compareEntries)
  return {
    search(query, limit) {
      const words = toWords(query)
      if (words.length === 0) return []
      const known = new Map<readonly Name[], readonly (number | undefined)[]>()
      const found: { readonly instrument: Instrument; readonly fit: number }[] = []
      for (const entry of entries) {
        let ofNames = known.get(entry.names)
        if (ofNames === undefined) known.set(entry.names, (ofNames = words.map((word) => fitNames(entry.names, word))))
        let fit = 0
        for (const [at, word] of words.entries()) fit += Math.min(fitPair(entry, word), ofNames[at] ?? Infinity)
        if (fit < Infinity) found.push({ instrument: entry.instrument, fit })
      }
      // A stable sort: equal fits keep the order of the entries.
      return found
        .toSorted((a, b) => a.fit - b.fit)
        .slice(0, limit)
        .map(({ instrument }) => instrument)
    },
  }
}

function toWords(query: string): Word[] {
  return query
    .split(/\s+/)
    .map((text) => toLetters(text).join(''))
    .filter((letters) => letters !== '')
    .map((letters) => ({ letters, compact: compact(letters) }))
}

function toEntry(instrument: Instrument, byBase: Map<string, Name[]>, venue: readonly Name[]): Entry {
  const { key, native, names } = instrument
  const symbol = fold(key.slice(key.indexOf(':') + 1))
  const base = fold(instrument.base ?? symbol)
  const quote = fold(instrument.quote ?? '')
  let shared = byBase.get(base)
  if (shared === undefined) byBase.set(base, (shared = []))
  for (const text of [names.ko, names.en])
    if (text !== undefined && !shared.some((name) => name.text === fold(text))) shared.push(toName(text))
  const pairs = new Set([symbol, native, key, quote + base].map((text) => compact(fold(text))))
  return { instrument, base, quote, pairs: [...pairs], names: shared, venue }
}

function toName(text: string): Name {
  const characters = toLetters(text)
  const starts = characters.flatMap((character, at) =>
    character !== ' ' && (at === 0 || characters[at - 1] === ' ') ? [at] : [],
  )
  return { characters, text: characters.join(''), starts }
}

const fold = (text: string): string => toLetters(text).join('')
const compact = (text: string): string => text.replaceAll(/[-/_:.\s]/g, '')

/** Trading first, then main quotes, then venues in their order, then by pair. */
function compareEntries(a: Entry, b: Entry): number {
  return (
    Number(a.instrument.status !== 'trading') - Number(b.instrument.status !== 'trading') ||
    Number(!MAIN_QUOTES.has(a.quote)) - Number(!MAIN_QUOTES.has(b.quote)) ||
    VENUES.indexOf(a.instrument.venue) - VENUES.indexOf(b.instrument.venue) ||
    (a.instrument.key < b.instrument.key ? -1 : 1)
  )
}

function fitPair({ base, quote, pairs, venue }: Entry, { letters, compact: joined }: Word): number {
  if (joined !== '') {
    if (base === joined || pairs.includes(joined)) return FIT.exact
    if (base.startsWith(joined)) return FIT.base + distance(base)
    if (pairs.some((pair) => pair.startsWith(joined))) return FIT.begin + distance(base)
    if (base.includes(joined)) return FIT.inside + distance(base)
    if (quote === joined) return FIT.scope
  }
  return venue.some((name) => beginsAt(name.characters, 0, letters)) ? FIT.scope : Infinity
}

function fitNames(names: readonly Name[], { letters }: Word): number | undefined {
  let best: number | undefined
  for (const name of names) {
    const fit = fitName(name, letters)
    if (fit !== undefined) best = Math.min(best ?? Infinity, fit)
  }
  return best
}

function fitName({ text, characters, starts }: Name, letters: string): number | undefined {
  if (text === letters) return FIT.name
  if (beginsAt(characters, 0, letters)) return FIT.begin + distance(text)
  if (starts.some((at) => beginsAt(characters, at, letters))) return FIT.word + distance(text)
  const isInside = characters.some((character, at) => character[0] === letters[0] && beginsAt(characters, at, letters))
  return isInside ? FIT.inside + distance(text) : undefined
}

/** Among equal fits the shorter name is the likelier: '비트' is 비트코인 before 비트코인캐시. */
function distance(text: string): number {
  return Math.min(text.length, 99) / 100
}
