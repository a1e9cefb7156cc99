import { WebSocket } from 'ws'
import type { Client } from '../../../shared/bridge.ts'
import { createClient } from '../../../shared/bridge.ts'
import type { AppContract } from '../../../shared/contract.ts'
import { FaultError } from '../../../shared/faults.ts'
import type { EngineFile } from './engine-file.ts'
import { socketPort } from './socket-port.ts'

const BUFFERED = 16 * 1024 * 1024

/** A command's own connection to a running engine: the same contract as a page. */
export function connectEngine(engine: EngineFile): Promise<Client<AppContract> & { close(): void }> {
  const host = `127.0.0.1:${engine.port}`
  const socket = new WebSocket(`ws://${host}/bridge`, ['tapedeck.v1', `token.${engine.token}`], {
    origin: `http://${host}`,
    perMessageDeflate: false,
    handshakeTimeout: 3_000,
  })
  return new Promise((resolve, reject) => {
    socket.once('error', (error) =>
      reject(
        new FaultError('connection-lost', `The engine (process ${engine.pid}) does not answer: ${error.message}.`),
      ),
    )
    socket.once('open', () =>
      resolve({ ...createClient<AppContract>(socketPort(socket, BUFFERED)), close: () => socket.close() }),
    )
  })
}
