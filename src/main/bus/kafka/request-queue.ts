import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'

/** Shortest wait before a throttled queue is looked at again. */
const SHORTEST_WAIT = 10

/**
 * Makes idle connections idle. kafkajs arms a new timer for the past on every answer, for ever, about a thousand a second
 * and connection; here a timer is set only where a request waits for a broker's throttle to end.
 */
export function calmRequestQueue(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length === 0 || this.throttleCheckTimeoutId) return
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null
        this.checkPendingRequests()
      },
      Math.max(SHORTEST_WAIT, this.throttledUntil - Date.now()),
    )
  }
}
