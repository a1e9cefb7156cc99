import { request as plainRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { createGunzip } from 'node:zlib'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Clock } from './clock.ts'
import type { FeedLimits } from './feed-limits.ts'
import { networkFault, NetworkFault, statusFault } from './network-faults.ts'
import type { Network } from './network.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The server's Date header, whole seconds. */
  readonly date?: Millis
  readonly sentAt: Millis
  readonly receivedAt: Millis
}

/**
 * Gets a JSON text. An answer that is an error whatever it says (429, 451, a web page, …) rejects; a 4xx with a JSON body
 * is an answer, for the venue's decoder to read. Rejects with a NetworkFault or FaultError 'cancelled', nothing else.
 */
export type Get = (url: string, signal: AbortSignal, question?: Question) => Promise<Answer>

/** What a request says beside its address. */
export interface Question {
  readonly method?: 'GET' | 'POST'
  /** Beside the usual ones, or in their place. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Statuses that are an answer here, though they are elsewhere an error. */
  readonly takes?: readonly number[]
}

/** Like Get, for what is not a plain one. */
export type Ask = (url: string, question: Question, signal: AbortSignal) => Promise<Answer>

export function createGet(network: Network, clock: Clock, limits: Pick<FeedLimits, 'request' | 'maxBody'>): Get {
  const ask = createAsk(network, clock, limits)
  return (url, signal, question = {}) => ask(url, question, signal)
}

export function createAsk(network: Network, clock: Clock, limits: Pick<FeedLimits, 'request' | 'maxBody'>): Ask {
  return async (text, question, signal) => {
    const url = new URL(text)
    const limit = new AbortController()
    const stop = () => limit.abort()
    const cancel = clock.after(limits.request, stop)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    try {
      const sentAt = clock.now()
      const response = await send(url, network, limit.signal, question)
      const receivedAt = clock.now()
      const body = await read(response, url.host, limits.maxBody)
      const html = isPage(response, body)
      const status = response.statusCode ?? 0
      const fault = statusFault(status, response.headers, url.host, html, receivedAt)
      if (fault && !question.takes?.includes(status)) throw fault
      const date = Date.parse(response.headers.date ?? '')
      return {
        status,
        headers: response.headers,
        body,
        ...(Number.isFinite(date) ? { date } : {}),
        sentAt,
        receivedAt,
      }
    } catch (error) {
      if (signal.aborted) throw new FaultError('cancelled', `The request to ${url.host} was cancelled.`)
      if (limit.signal.aborted)
        throw new NetworkFault(
          network.proxied ? 'proxy-failed' : 'connect-timeout',
          `${url.host} did not answer within ${limits.request / 1000} s.`,
        )
      throw networkFault(error, url.host, network.proxied)
    } finally {
      cancel()
      signal.removeEventListener('abort', stop)
    }
  }
}

/** Whether a server answers at all, with something that is no page and no error; the body is not read. */
export async function answers(text: string, network: Network, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await send(new URL(text), network, signal)
    response.on('error', () => undefined)
    response.destroy()
    return response.statusCode === 200 && !isPage(response, '')
  } catch {
    return false
  }
}

function send(url: URL, network: Network, signal: AbortSignal, question: Question = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:'
    const request = (secure ? secureRequest : plainRequest)(url, {
      agent: network.agent(url),
      signal,
      method: question.method ?? 'GET',
      // No Origin: Upbit serves a client that names one a single request in ten seconds.
      headers: {
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
        'User-Agent': network.userAgent,
        ...question.headers,
      },
      ...(secure && network.ca ? { ca: [...network.ca] } : {}),
    })
    request.on('response', resolve)
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server gave up an idle connection just as it was taken for this request: not its answer to it.
      if (request.reusedSocket && error.code === 'ECONNRESET')
        send(url, network, signal, question).then(resolve, reject)
      else reject(error)
    })
    request.end(question.body)
  })
}

function read(response: IncomingMessage, host: string, most: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const zipped = response.headers['content-encoding'] === 'gzip'
    const body = zipped ? response.pipe(createGunzip()) : response
    const chunks: Buffer[] = []
    let bytes = 0
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > most) {
        response.destroy()
        return reject(new NetworkFault('venue-error', `${host} sent an answer of more than ${most} bytes.`))
      }
      chunks.push(chunk)
    })
    body.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    body.on('error', reject)
    response.on('error', reject)
  })
}

function isPage(response: IncomingMessage, body: string): boolean {
  const type = response.headers['content-type'] ?? ''
  if (/^\s*<(!doctype html|html)/i.test(body.slice(0, 100))) return true
  return type.includes('html') && !/^\s*<(\?xml|rss|feed)/i.test(body.slice(0, 100)) // some name a news feed so
}
