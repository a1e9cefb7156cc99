/** Ways to damage a frame. */

import type { EmulatorFault, MalformedShape } from './faults.ts'

const HUGE = 4 * 1024 * 1024

type Damage = (text: string, bytes: number) => string

const DAMAGES: Readonly<Record<MalformedShape, Damage>> = {
  truncated: (text) => text.slice(0, Math.ceil(text.length / 2)),
  'not-json': () => '<html><head><title>502 Bad Gateway</title></head><body>upstream</body></html>',
  // Every value that reads as a number becomes an object.
  'wrong-type': (text) => text.replaceAll(/:("?)-?\d[\d.Ee+-]*\1(?=[,}\]])/g, ':{"value":[]}'),
  huge: (_text, bytes) => JSON.stringify({ filler: 'x'.repeat(bytes) }),
}

export function damage(text: string, fault: Extract<EmulatorFault, { kind: 'malformed' }>): string {
  return DAMAGES[fault.shape](text, fault.bytes ?? HUGE)
}
