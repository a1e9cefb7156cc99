/** Recorded frames in place of the model's. */

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { VENUES } from '../../shared/market.ts'
import type { Millis, VenueId } from '../../shared/market.ts'

export interface RecordedFrame {
  readonly venue: VenueId
  /** Since the venue's first subscription. */
  readonly atOffsetMs: Millis
  readonly frame: string
}

/** Reads lines of `{ venue, atOffsetMs, frame }`, in order. Throws one sentence that names the line that is none. */
export async function readRecording(path: string): Promise<readonly RecordedFrame[]> {
  const frames: RecordedFrame[] = []
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    const frame = toFrame(text)
    if (frame === undefined) throw new Error(`${path} line ${line} is no { venue, atOffsetMs, frame }.`)
    frames.push(frame)
  }
  return frames
}

function toFrame(text: string): RecordedFrame | undefined {
  try {
    const { venue, atOffsetMs, frame } = JSON.parse(text) as Partial<Record<string, unknown>>
    const known = VENUES.find((each) => each === venue)
    if (known === undefined || typeof atOffsetMs !== 'number' || typeof frame !== 'string') return undefined
    return { venue: known, atOffsetMs, frame }
  } catch {
    return undefined
  }
}

/** Gives each venue's frames when their time has come, counted from that venue's first subscription. */
export function createPlayer(
  frames: readonly RecordedFrame[],
): (venue: VenueId, isSubscribed: boolean, now: Millis) => readonly string[] {
  const tapes = new Map<VenueId, { readonly rows: RecordedFrame[]; place: number; startedAt?: Millis }>()
  for (const frame of frames) {
    const tape = tapes.get(frame.venue)
    if (tape === undefined) tapes.set(frame.venue, { rows: [frame], place: 0 })
    else tape.rows.push(frame)
  }
  return (venue, isSubscribed, now) => {
    const tape = tapes.get(venue)
    if (tape === undefined || (!isSubscribed && tape.startedAt === undefined)) return []
    tape.startedAt ??= now
    const due: string[] = []
    for (
      let row = tape.rows[tape.place];
      row !== undefined && tape.startedAt + row.atOffsetMs <= now;
      row = tape.rows[tape.place]
    ) {
      due.push(row.frame)
      tape.place += 1
    }
    return due
  }
}
