/**
 * Makes a published port reach the page. Tapedeck listens on 127.0.0.1 alone, and Docker hands connections to the
 * container's other addresses: those are taken here and passed on. Loaded before the engine, with node --import. Who may
 * come in is decided by `ports:` in compose.yml, and by the engine's own checks of token and host.
 */

import { connect, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isMainThread } from 'node:worker_threads'

const PORT = Number(process.env.TAPEDECK_PUBLISHED_PORT ?? 8080)

function pass(outside) {
  const inside = connect(PORT, '127.0.0.1')
  inside.on('error', () => outside.destroy())
  outside.on('error', () => inside.destroy())
  outside.on('close', () => inside.destroy())
  inside.on('close', () => outside.destroy())
  outside.pipe(inside).pipe(outside)
}

// Worker threads are started with the same options.
if (isMainThread) {
  const addresses = Object.values(networkInterfaces())
    .flat()
    .filter((each) => each && !each.internal && each.family === 'IPv4')
  for (const { address } of addresses)
    createServer(pass)
      .on('error', (error) => process.stderr.write(`tapedeck: port ${PORT} is not published: ${error.message}\n`))
      .listen(PORT, address)
      .unref()
}
