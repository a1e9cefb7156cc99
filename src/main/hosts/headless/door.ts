import type { Role } from './engine-file.ts'
import { removeEngineFile, writeEngineFile } from './engine-file.ts'
import type { Server, ServerOptions } from './server.ts'
import { openServer } from './server.ts'

/** Where a command that runs can be asked: a server on loopback, and the file by which `status` finds it. */
export interface Door extends Omit<Server, 'close'> {
  /** Says so in this folder and in no other. Undefined: nowhere. */
  announce(folder: string | undefined): Promise<void>
  /** Nobody finds it from now on. */
  close(): Promise<void>
}

export async function openDoor(role: Role, options: ServerOptions): Promise<Door> {
  const server = await openServer(options)
  const { port, token } = server
  let announced: string | undefined
  return {
    ...server,
    async announce(folder) {
      if (announced !== undefined && announced !== folder) removeEngineFile(announced)
      announced = folder
      if (folder !== undefined) await writeEngineFile(folder, { role, pid: process.pid, port, token })
    },
    async close() {
      if (announced !== undefined) removeEngineFile(announced)
      announced = undefined
      await server.close()
    },
  }
}
