import type { Fault } from '../../shared/faults.ts'
import { MINUTE } from '../../shared/market.ts'
import type { Control, Exchange } from '../exchanges/exchange.ts'
import type { Access } from './access.ts'
import type { Books } from './books.ts'
import { NetworkFault } from './network-faults.ts'
import type { Source } from './session.ts'
import type { Watches } from './watches.ts'

/** What the feed does about frames that carry no market data. */
export function createControls(parts: {
  exchange: Exchange
  watches: Pick<Watches, 'onRefused'>
  books: Pick<Books, 'onCount'>
  access?: Access | undefined
  onFault(fault: Fault): void
}): (source: Source, control: Control) => void {
  return (source, control) => {
    switch (control.control) {
      case 'ack':
        return source.acknowledge()
      case 'pong':
        return source.pong()
      case 'restart':
        return source.link.handOver()
      case 'count':
        return parts.books.onCount(source, control.count)
      case 'refused':
        if (control.market === undefined)
          parts.onFault({
            code: 'venue-error',
            message: `${parts.exchange.names.en} refused a request: ${control.reason}`,
          })
        return parts.watches.onRefused(source, control)
      case 'echo':
        return source.reply(control.frame)
      case 'denied':
        parts.onFault({ code: 'venue-error', message: `${parts.exchange.names.en}: ${control.reason}` })
        parts.access?.forget('stream')
        return source.link.reconnect()
      case 'in-use':
        return source.link.drop(
          new NetworkFault(
            'key-in-use',
            `${parts.exchange.names.en}: another program holds a connection with this key (${control.reason}). Close it there, or enter another key.`,
            MINUTE,
          ),
        )
      case 'heartbeat':
      case 'notice':
        return undefined
    }
  }
}
