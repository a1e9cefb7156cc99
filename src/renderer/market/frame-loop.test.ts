import { expect, test } from 'vitest'
import type { FrameHost } from './frame-loop.ts'
import { createFrameLoop } from './frame-loop.ts'

function createHost() {
  const frames: ((now: number) => void)[] = []
  const paints: (() => void)[] = []
  const visibility: (() => void)[] = []
  let hidden = false
  const host: FrameHost = {
    requestFrame: (callback) => void frames.push(callback),
    afterPaint: (callback) => void paints.push(callback),
    isHidden: () => hidden,
    onVisibility: (listener) => void visibility.push(listener),
  }
  return {
    host,
    frames,
    frame() {
      for (const run of frames.splice(0)) run(0)
    },
    paint() {
      for (const run of paints.splice(0)) run()
    },
    hide() {
      hidden = true
      for (const listener of visibility) listener()
    },
  }
}

test('all work of a frame is done before anything draws, and is taken only after the paint', async () => {
  const screen = createHost()
  const loop = createFrameLoop(screen.host)
  const seen: string[] = []
  loop.onDraw(() => seen.push('draw'))
  const first = loop.apply(() => seen.push('first')).then(() => seen.push('first taken'))
  const second = loop.apply(() => seen.push('second')).then(() => seen.push('second taken'))
  expect(screen.frames.length).toBe(1)
  screen.frame()
  await Promise.resolve()
  expect(seen).toEqual(['first', 'second', 'draw'])
  screen.paint()
  await Promise.all([first, second])
  expect(seen).toEqual(['first', 'second', 'draw', 'first taken', 'second taken'])
  expect(loop.count).toBe(1)
})

test('a page that is hidden while a frame is due applies it at once, so that its stream does not stand still', async () => {
  const screen = createHost()
  const loop = createFrameLoop(screen.host)
  const seen: string[] = []
  const taken = loop.apply(() => seen.push('work'))
  screen.hide()
  expect(seen).toEqual(['work'])
  screen.paint()
  await taken
  const later = loop.apply(() => seen.push('hidden work'))
  screen.paint()
  screen.paint()
  await later
  expect(seen).toEqual(['work', 'hidden work'])
  expect(screen.frames.length).toBe(1)
})
