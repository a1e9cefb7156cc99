import { WebSocket } from 'ws'
import type { Client, Contract } from '../../../shared/bridge.ts'
import { createClient } from '../../../shared/bridge.ts'
import type { AppContract } from '../../../shared/contract.ts'
import { FaultError } from '../../../shared/faults.ts'
import type { RoleContract } from '../../../shared/role-contract.ts'
import type { Address } from './engine-file.ts'
import { socketPort } from './socket-port.ts'

const BUFFERED = 16 * 1024 * 1024

export type Connected<C extends Contract> = Client<C> & { close(): void }

/** A command's own connection to a running engine: the same contract as a page. */
export function connectEngine(address: Address): Promise<Connected<AppContract>> {
  return connect(address)
}

/** A command's connection to a role without an engine. */
export function connectRole(address: Address): Promise<Connected<RoleContract>> {
  return connect(address)
}

function connect<C extends Contract>({ pid, port, token }: Address): Promise<Connected<C>> {
  const host = `127.0.0.1:${port}`
  const socket = new WebSocket(`ws://${host}/bridge`, ['tapedeck.v1', `token.${token}`], {
    origin: `http://${host}`,
    perMessageDeflate: false,
    handshakeTimeout: 3_000,
  })
  return new Promise((resolve, reject) => {
    socket.once('error', (error) =>
      reject(new FaultError('connection-lost', `Tapedeck (process ${pid}) does not answer: ${error.message}.`)),
    )
    socket.once('open', () =>
      resolve({ ...createClient<C>(socketPort(socket, BUFFERED)), close: () => socket.close() }),
    )
  })
}
