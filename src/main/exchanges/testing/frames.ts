/** Frames for tests: our own fixtures, and recordings where their folder lies beside the repository. */

import { existsSync, readFileSync } from 'node:fs'

const SAMPLES = new URL('../../../../../shared/sources/samples/', import.meta.url)

/** Accounts of a venue whose frames are the same. */
const SAME: Readonly<Record<string, string>> = { 'kis/paper': 'kis' }
const folderOf = (venue: string) => `../${SAME[venue] ?? venue}/fixtures`

/** Lines of a fixture of a venue: 'upbit', 'trade.jsonl'. */
export function fixtureLines(venue: string, file: string): readonly string[] {
  return linesOf(new URL(`${folderOf(venue)}/${file}`, import.meta.url))
}

/** The fixtures of frames that a venue has: all four, less those of channels that it lacks. */
export function fixtureNames(venue: string): readonly string[] {
  return ['trade', 'ticker', 'book', 'control'].filter((name) =>
    existsSync(new URL(`${folderOf(venue)}/${name}.jsonl`, import.meta.url)),
  )
}

/** A REST body of our own. */
export function fixtureBody(venue: string, file: string): string {
  return readFileSync(new URL(`${folderOf(venue)}/${file}`, import.meta.url), 'utf8')
}

/** Whether the recordings are there. Says so where they are not. */
export function hasSamples(): boolean {
  const found = existsSync(SAMPLES)
  if (!found) console.log('No recorded samples at ../shared/sources/samples: only our own fixtures were read.')
  return found
}

/** Lines of a recording of a venue. */
export function sampleLines(venue: string, file: string): readonly string[] {
  return linesOf(new URL(`${venue}/${file}`, SAMPLES))
}

function linesOf(file: URL): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}
