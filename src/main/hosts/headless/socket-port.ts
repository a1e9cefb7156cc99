import type { WebSocket } from 'ws'
import type { Port } from '../../../shared/bridge.ts'

/**
 * A WebSocket as a port: one JSON text per message. A peer that leaves more than `limit` bytes unread is cut off; within
 * the two values in flight of each stream it never comes to that.
 */
export function socketPort(socket: WebSocket, limit: number): Port {
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      socket.send(JSON.stringify(message))
      if (socket.bufferedAmount > limit) socket.terminate()
    },
    onMessage(listener) {
      socket.on('message', (data: Buffer, binary: boolean) => {
        if (binary) return socket.close(1003, 'Text only.')
        let message: unknown
        try {
          message = JSON.parse(data.toString('utf8'))
        } catch {
          return socket.close(1007, 'Not JSON.')
        }
        listener(message)
      })
      socket.on('error', () => socket.terminate())
    },
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(),
  }
}
