import { join } from 'node:path'
import type { ListenerId } from './listeners.ts'
import type { NodePlan } from './node-properties.ts'
import { freePorts, isFree } from './ports.ts'
import { SetupError } from './setup-error.ts'

/** From one node to the next: 19092, 29092, 39092, as the container set-ups that people know have it. */
const NODE_STEP = 10_000

/** Places and ports of the nodes. With a first port they follow from it, and are checked; without, free ones are taken. */
export async function planNodes(
  folder: string,
  count: 1 | 3,
  listeners: readonly ListenerId[],
  first: number | undefined,
): Promise<readonly NodePlan[]> {
  const perNode = 2 + listeners.length
  const ports = first === undefined ? await freePorts(count * perNode) : portsFrom(first, count, perNode)
  if (first !== undefined) await checkFree(ports)
  return Array.from({ length: count }, (_, index) => {
    const own = ports.slice(index * perNode, (index + 1) * perNode)
    return {
      id: index + 1,
      folder: join(folder, `node${index + 1}`),
      port: own[0]!,
      controllerPort: own[1]!,
      listeners: Object.fromEntries(listeners.map((id, place) => [id, own[2 + place]!])),
    }
  })
}

/** The ports of all nodes, node after node. Throws a SetupError where there are not so many. */
export function portsFrom(first: number, count: number, perNode: number): number[] {
  const last = first + (count - 1) * NODE_STEP + perNode - 1
  if (last > 65_535)
    throw new SetupError(
      `--port ${first} leaves no room for ${count} node${count === 1 ? '' : 's'}. Choose one up to ${65_535 - (last - first)}.`,
    )
  return Array.from(
    { length: count * perNode },
    (_, place) => first + Math.floor(place / perNode) * NODE_STEP + (place % perNode),
  )
}

async function checkFree(ports: readonly number[]): Promise<void> {
  for (const port of ports)
    if (!(await isFree(port)))
      throw new SetupError(`Port ${port} is in use. End what listens there, or choose other ports with --port.`)
}
