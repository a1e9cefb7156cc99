import { expect, test } from 'vitest'
import { createFlasher } from './flasher.ts'

function createPage() {
  const draws: ((now: number) => void)[] = []
  const started: string[] = []
  const names = new Map<HTMLElement, string>()
  let still = false
  const flasher = createFlasher(
    {
      onDraw(listener) {
        draws.push(listener)
        return () => undefined
      },
    },
    { start: (element, direction) => started.push(`${names.get(element)} ${direction}`), isStill: () => still },
  )
  return {
    flasher,
    started,
    draw: (now: number) => draws.forEach((draw) => draw(now)),
    cell(name: string) {
      const element = {} as HTMLElement
      names.set(element, name)
      return element
    },
    rest: () => {
      still = true
    },
  }
}

test('a cell flashes at most twice a second', () => {
  const page = createPage()
  const cell = page.cell('BTC')
  for (const now of [0, 200, 499, 500, 900, 1_000]) {
    page.flasher.flash(cell, 'up', 0)
    page.draw(now)
  }
  expect(page.started).toEqual(['BTC up', 'BTC up', 'BTC up'])
})

test('of many changes in one frame twelve flash, the selected and topmost first', () => {
  const page = createPage()
  const cells = Array.from({ length: 18 }, (_, index) => page.cell(String(index)))
  cells.toReversed().forEach((cell, index) => page.flasher.flash(cell, 'down', 17 - index))
  page.draw(0)
  expect(page.started).toEqual(Array.from({ length: 12 }, (_, index) => `${index} down`))
})

test('nothing flashes above twenty changes a second, and flashing begins again when it is calm', () => {
  const page = createPage()
  const cells = Array.from({ length: 30 }, (_, index) => page.cell(String(index)))
  for (const [index, cell] of cells.entries()) {
    page.flasher.flash(cell, 'up', index)
    page.draw(index * 30)
  }
  expect(page.started.length).toBe(20)
  page.flasher.flash(cells[0]!, 'up', 0)
  page.draw(1_500)
  expect(page.started.length).toBe(20)
  page.flasher.flash(cells[0]!, 'up', 0)
  page.draw(2_500)
  expect(page.started.length).toBe(21)
})

test('nothing flashes for who wants less motion', () => {
  const page = createPage()
  page.rest()
  page.flasher.flash(page.cell('BTC'), 'up', 0)
  page.draw(0)
  expect(page.started).toEqual([])
})
