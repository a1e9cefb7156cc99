/** The rules by which what a venue sends, and cannot be used, is counted and shown. */

/** What a decoder finds. */
export const FRAME_RULES = [
  'not-json', // no JSON text
  'unknown-shape', // JSON, but no message this venue is known to send
  'missing-field',
  'bad-number',
  'bad-time',
  'bad-value', // an enumeration has an unknown member, a price is not positive, …
  'too-large',
] as const
export type FrameRule = (typeof FRAME_RULES)[number]

export type MalformedRule =
  | FrameRule
  /** Understood, but of a market that the venue does not list. */
  | 'unknown-market'
  /** The decoder itself failed over it: our bug. */
  | 'decoder'
