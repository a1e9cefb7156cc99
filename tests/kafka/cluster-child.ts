/** Starts a node and pauses it, so that it could not end by itself, and says which process it is. */

import { openCluster } from '../../scripts/kafka/open-cluster.ts'

const cluster = await openCluster({ nodes: 1 })
const pid = cluster.pid(1)
cluster.pause(1)
setInterval(() => {}, 60_000)
process.stdout.write(JSON.stringify({ pid, log: cluster.log(1) }))
