import type { ShellRequest } from '../../../shared/shell-contract.ts'

/** So many wait for a page that is not there yet. */
const WAITING = 16

/** What menus, tray and links ask of the main window's page: kept until there is one. */
export interface Requests {
  send(request: ShellRequest): void
  /** The newest follower hears of all that waits and of all that comes. */
  follow(take: (request: ShellRequest) => void): () => void
}

export function createRequests(): Requests {
  let taker: ((request: ShellRequest) => void) | undefined
  let waiting: ShellRequest[] = []
  return {
    send(request) {
      if (taker) taker(request)
      else waiting = [...waiting, request].slice(-WAITING)
    },
    follow(take) {
      taker = take
      for (const request of waiting.splice(0)) take(request)
      return () => {
        if (taker === take) taker = undefined
      }
    },
  }
}
