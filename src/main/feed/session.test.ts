import { expect, test } from 'vitest'
import type { Exchange, Want } from '../exchanges/exchange.ts'
import { gateio } from '../exchanges/gateio/index.ts'
import { okx } from '../exchanges/okx/index.ts'
import type { ConnectionListener, Dial } from './dial.ts'
import type { Link } from './link.ts'
import { openSession } from './session.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const WANTS: readonly Want[] = [{ market: 'BTC-USDT', channels: ['trade', 'ticker', 'book'] }]

/** A session over a socket of our own. */
function setup(exchange: Exchange) {
  const clock = createVirtualClock()
  const sent: string[] = []
  const confirmed: boolean[] = []
  let listener: ConnectionListener | undefined
  const dial: Dial = (_url, given) => {
    listener = given
    const nothing = () => undefined
    return {
      send: (text) => void sent.push(text),
      ping: nothing,
      pause: nothing,
      resume: nothing,
      close: nothing,
      terminate: nothing,
    }
  }
  const [plan] = exchange.connect(WANTS)
  if (plan === undefined) throw new Error('nothing to connect')
  const session = openSession({
    number: 1,
    link: {} as Link,
    plan,
    url: plan.urls[0] ?? '',
    exchange,
    dial,
    clock,
    isLive: () => true,
    onOpen: () => undefined,
    onFrame: () => undefined,
    onTooLarge: () => undefined,
    onRoundTrip: () => undefined,
    onConfirmed: (_session, whole) => void confirmed.push(whole),
    onClose: () => undefined,
  })
  return { clock, sent, confirmed, session, open: () => listener?.onOpen() }
}

test('A-02 all is subscribed when as many acknowledgements came as the venue gives for each frame', async () => {
  const { clock, session, sent, confirmed, open } = setup(okx)
  open()
  await clock.advance(1_000)
  expect(sent).toHaveLength(1)
  for (let nth = 0; nth < 2; nth += 1) session.source.acknowledge()
  expect(confirmed).toEqual([])
  session.source.acknowledge()
  expect(confirmed).toEqual([true])
  session.socket.close()
})

test('A-02 a frame that carries a time carries that of its sending, not of its making', async () => {
  const { clock, session, sent, open } = setup(gateio)
  await clock.advance(600_000)
  open()
  await clock.advance(1_000)
  const at = Math.floor((clock.now() - 1_000) / 1_000)
  expect(sent.map((frame) => (JSON.parse(frame) as { time: number }).time)).toEqual([at, at, at])
  session.socket.close()
})
