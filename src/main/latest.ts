import type { Sink } from '../shared/bridge.ts'

/** Sends the newest of a changing value, waiting for the page to take what is on its way. */
export function latest<V>(sink: Sink<V>): (value: V) => void {
  let waiting: { value: V } | undefined
  sink.onReady(() => {
    if (!waiting || !sink.ready) return
    const { value } = waiting
    waiting = undefined
    sink.send(value)
  })
  return (value) => {
    if (sink.ready) sink.send(value)
    else waiting = { value }
  }
}
