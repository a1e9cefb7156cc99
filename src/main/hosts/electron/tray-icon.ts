import { crc32, deflateSync } from 'node:zlib'

/** The mark of resources/mark.svg, on its own grid of 26. */
const GRID = 26
const STROKE = 1.7
const REELS: readonly Point[] = [
  [7.6, 10],
  [18.4, 10],
]
const REEL = { ring: 4.4, hub: 1.2 }
const TAPE: readonly Point[] = [
  [4, 13.4],
  [6.6, 20],
  [10.6, 17.4],
  [13.8, 19.4],
  [17.8, 15.4],
  [19.8, 20],
  [22, 13.4],
]
type Point = readonly [x: number, y: number]
type Colour = readonly [red: number, green: number, blue: number]

const PLATE: Colour = [17, 20, 24]
const INK: Colour = [230, 234, 239]
const LINE: Colour = [79, 195, 213]
const BLACK: Colour = [0, 0, 0]

/**
 * The tray's icon as a PNG of so many pixels a side. 'plate': in colours on a dark plate, for any panel. 'template': black
 * on nothing, which macOS tints to suit its menu bar.
 */
export function trayIcon(size: number, kind: 'plate' | 'template'): Buffer {
  const pixels = Buffer.alloc(size * (size * 4 + 1)) // each row begins with its filter: none
  const unit = GRID / size
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const at: Point = [(column + 0.5) * unit, (row + 0.5) * unit]
      const reels = cover(Math.min(...REELS.map((reel) => reelDistance(at, reel))), unit)
      const tape = cover(tapeDistance(at) - STROKE / 2, unit)
      const ink = Math.max(reels, tape)
      const offset = row * (size * 4 + 1) + 1 + column * 4
      const above = tape > reels ? LINE : INK
      const colour = kind === 'template' ? BLACK : PLATE.map((base, index) => base + ((above[index] ?? 0) - base) * ink)
      const alpha = kind === 'template' ? ink : cover(plateDistance(at), unit)
      pixels.set([...colour.map(Math.round), Math.round(alpha * 255)], offset)
    }
  return png(size, pixels)
}

const distance = ([ax, ay]: Point, [bx, by]: Point) => Math.hypot(ax - bx, ay - by)
/** How much of a pixel lies within a shape whose edge is so far away; negative is inside. */
const cover = (edge: number, unit: number) => Math.min(1, Math.max(0, 0.5 - edge / unit))

function reelDistance(at: Point, reel: Point): number {
  const from = distance(at, reel)
  return Math.min(Math.abs(from - REEL.ring) - STROKE / 2, from - REEL.hub)
}

function tapeDistance(at: Point): number {
  return Math.min(...TAPE.slice(1).map((end, index) => segmentDistance(at, TAPE[index] ?? end, end)))
}

function segmentDistance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}

/** A square with corners of 5. */
function plateDistance([x, y]: Point): number {
  const corner = 5
  const [dx, dy] = [x, y].map((value) => Math.max(0, Math.abs(value - GRID / 2) - (GRID / 2 - corner)))
  return Math.hypot(dx ?? 0, dy ?? 0) - corner
}

function png(size: number, rows: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6], 8) // eight bits, with alpha
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
