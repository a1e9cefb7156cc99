import { expect, test } from 'vitest'
import { createTickets } from './tickets.ts'

test('a ticket has 128 bits and opens its file once', () => {
  const tickets = createTickets(() => 0)
  const ticket = tickets.issue('/data/exports/1/x.csv', 'x.csv')
  expect({
    bytes: Buffer.from(ticket, 'base64url').length,
    first: tickets.redeem(ticket),
    again: tickets.redeem(ticket),
    guessed: tickets.redeem('AAAAAAAAAAAAAAAAAAAAAA'),
    another: tickets.issue('/data/exports/1/x.csv', 'x.csv') === ticket,
  }).toEqual({
    bytes: 16,
    first: { path: '/data/exports/1/x.csv', name: 'x.csv' },
    again: undefined,
    guessed: undefined,
    another: false,
  })
})

test('a ticket is good for 60 seconds', () => {
  let now = 0
  const tickets = createTickets(() => now)
  const early = tickets.issue('/a', 'a')
  const late = tickets.issue('/b', 'b')
  now = 59_999
  expect(tickets.redeem(early)).toEqual({ path: '/a', name: 'a' })
  now = 60_000
  expect(tickets.redeem(late)).toBeUndefined()
})
