import { expect, test } from 'vitest'
import { createClockGate } from './clock-gate.ts'

test('With as many partitions each clock record goes to the partition of its own', () => {
  const gate = createClockGate(3)
  expect([gate(0, 1, 3), gate(1, 1, 3), gate(2, 1, 3)]).toEqual([[0], [1], [2]])
})

test('With twice as many it goes to both that its trades are split over', () => {
  const gate = createClockGate(3)
  expect([gate(0, 1, 6), gate(2, 1, 6)]).toEqual([
    [0, 3],
    [2, 5],
  ])
})

test('Where several journal partitions share one of Kafka, only the slowest of their clocks counts', () => {
  const gate = createClockGate(3)
  expect([gate(0, 1, 2), gate(1, 1, 2), gate(2, 1, 2)]).toEqual([[], [], [0, 1]])
  expect([gate(0, 2, 2), gate(0, 3, 2), gate(2, 2, 2), gate(1, 2, 2)]).toEqual([[], [], [], [0, 1]])
})
