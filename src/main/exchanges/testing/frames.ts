/** Frames for tests: our own fixtures, and recordings where their folder lies beside the repository. */

import { existsSync, readFileSync } from 'node:fs'

const SAMPLES = new URL('../../../../../shared/sources/samples/', import.meta.url)

/** Lines of a fixture of a venue: 'upbit', 'trade.jsonl'. */
export function fixtureLines(venue: string, file: string): readonly string[] {
  return linesOf(new URL(`../${venue}/fixtures/${file}`, import.meta.url))
}

/** A REST body of our own. */
export function fixtureBody(venue: string, file: string): string {
  return readFileSync(new URL(`../${venue}/fixtures/${file}`, import.meta.url), 'utf8')
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
