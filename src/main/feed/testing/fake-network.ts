import type { Millis } from '../../../shared/market.ts'
import type { Clock } from '../clock.ts'
import type { Dial } from '../dial.ts'
import type { Get } from '../http.ts'
import { NetworkFault } from '../network-faults.ts'
import type { FakeVenue } from './fake-venue.ts'

/** A fake venue reached in memory, under a clock of the test's own: `latency` one way. */
export function createFakeNetwork(
  venue: FakeVenue,
  clock: Clock,
  latency: Millis = 0,
): { dial: Dial; get: Get; readonly dials: Millis[] } {
  const dials: Millis[] = []
  return {
    dials,
    dial(_, listener) {
      dials.push(clock.monotonic())
      let state: 'opening' | 'open' | 'closed' = 'opening'
      let paused = false
      let held: (() => void)[] = []
      const arrive = (run: () => void) =>
        void clock.after(latency, () => {
          if (state === 'closed') return
          if (paused) held.push(run)
          else run()
        })
      const end = (fault: NetworkFault) => {
        if (state === 'closed') return
        state = 'closed'
        server?.close()
        listener.onClose(fault)
      }
      let server: ReturnType<FakeVenue['accept']> | undefined
      clock.after(2 * latency, () => {
        if (state === 'closed') return
        if (venue.down.sockets) return end(new NetworkFault('connect-refused', 'fake.example refused the connection.'))
        state = 'open'
        server = venue.accept({
          send: (text) => arrive(() => listener.onFrame(text, clock.now())),
          close: () => arrive(() => end(new NetworkFault('socket-closed', 'fake.example closed the connection.'))),
        })
        listener.onOpen()
      })
      return {
        send: (text) => void clock.after(latency, () => state === 'open' && server?.receive(text)),
        ping: () => void clock.after(2 * latency, () => state === 'open' && !paused && listener.onLife('pong')),
        pause() {
          paused = true
        },
        resume() {
          paused = false
          const late = held
          held = []
          for (const run of late) run()
        },
        close: () => end(new NetworkFault('socket-closed', 'Closed by us.')),
        terminate: () => end(new NetworkFault('socket-closed', 'Ended by us.')),
      }
    },
    get: (url) =>
      new Promise((resolve, reject) => {
        const sentAt = clock.now()
        clock.after(2 * latency, () => {
          if (venue.down.rest)
            return reject(new NetworkFault('connect-refused', 'fake.example refused the connection.'))
          const { pathname, search } = new URL(url)
          resolve({ ...venue.answer(pathname + search), headers: {}, sentAt, receivedAt: clock.now() })
        })
      }),
  }
}
