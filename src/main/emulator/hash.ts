/** Chance without state: every random thing in the emulator is a hash of where it stands, so any past moment can be computed again. */

const GOLDEN = 0x9e3779b1
const UINT32 = 2 ** 32

function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return h ^ (h >>> 16)
}

/** An unsigned 32-bit number that depends on every argument. Arguments are integers; only their low 32 bits count. */
export function hash(seed: number, a: number, b = 0, c = 0): number {
  let h = mix(seed ^ Math.imul(a, GOLDEN))
  h = mix(h ^ Math.imul(b, 0x85ebca77))
  return mix(h ^ Math.imul(c, 0xc2b2ae3d)) >>> 0
}

/** A hash as a number from 0 up to, and without, 1. */
export function unit(seed: number, a: number, b = 0, c = 0): number {
  return hash(seed, a, b, c) / UINT32
}

/** A hash of a text, for seeds that are names. */
export function hashText(seed: number, text: string): number {
  let h = seed
  for (let at = 0; at < text.length; at += 1) h = mix(h ^ Math.imul(text.charCodeAt(at) + 1, GOLDEN))
  return h >>> 0
}

/** A standard normal number, near enough: the sum of the hash's four bytes. Never beyond ±3.5. */
export function normal(bits: number): number {
  return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8
}

/** Smooth noise between -1 and 1 that has a new random value at every whole `x`. Its slope never exceeds 3. */
export function noise(seed: number, stream: number, x: number): number {
  const whole = Math.floor(x)
  const part = x - whole
  const from = unit(seed, stream, whole) * 2 - 1
  const to = unit(seed, stream, whole + 1) * 2 - 1
  return from + (to - from) * part * part * (3 - 2 * part)
}
