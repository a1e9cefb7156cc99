/**
 * A venue gone mad, as a process of its own: to each connection it sends `rate` frames a second, all of them trades of
 * BTC (or, for 'boom', frames at which the fake decoder throws). Tells its parent the port.
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { FakeFrame } from './fake-exchange.ts'
import { createFakeVenue } from './fake-venue.ts'

const [rate = '50000', kind = 'trade', venueId = 'coinbase'] = process.argv.slice(2)
const EVERY = 5

const venue = createFakeVenue({ venue: venueId as 'coinbase', now: Date.now })
const http = createServer((request, response) => {
  const { status, body } = venue.answer(request.url ?? '/')
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
})
let id = 0
const frame = (): string => {
  if (kind === 'boom') return 'boom'
  const value: FakeFrame = {
    data: [{ market: 'BTC', at: Date.now(), data: { kind: 'trade', id: String((id += 1)), price: '1', size: '1' } }],
  }
  return JSON.stringify(value)
}
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
  let due = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    due += ((now - last) * Number(rate)) / 1_000
    last = now
    // What the other end does not take is not piled up here for ever.
    for (; due >= 1 && socket.bufferedAmount < 16_000_000; due--) socket.send(frame())
    due = Math.min(due, Number(rate))
  }, EVERY)
  socket.on('close', () => clearInterval(timer))
})
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))
