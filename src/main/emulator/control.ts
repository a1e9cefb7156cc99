/** What a running emulator can be asked to do, over HTTP or from its parent process. */

import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Millis, VenueId } from '../../shared/market.ts'
import { checkFault } from './faults.ts'
import type { EmulatorFault } from './faults.ts'
import type { SentAnswer, SentQuery } from './record.ts'

export interface EmulatorStats {
  /** The venues' clock, without skew. */
  readonly now: Millis
  /** Trades that the model has made. */
  readonly trades: number
  /** Trades in the record. */
  readonly recorded: number
  /** Resident memory in bytes. */
  readonly memory: number
  /** Processor time used, in microseconds. */
  readonly cpu: number
  readonly venues: Readonly<Partial<Record<VenueId, VenueStats>>>
}

export interface VenueStats {
  readonly sockets: number
  readonly topics: number
  readonly frames: number
  readonly calls: number
}

export type Command =
  | { readonly command: 'inject'; readonly fault: EmulatorFault }
  | { readonly command: 'sent'; readonly query?: SentQuery }
  | { readonly command: 'stats' }

export interface Control {
  inject(fault: EmulatorFault): void
  sent(query: SentQuery): SentAnswer
  stats(): EmulatorStats
}

/** Runs a command. Throws one sentence that says what it takes. */
export function run(command: Partial<Command> | undefined, control: Control): unknown {
  switch (command?.command) {
    case 'inject':
      control.inject(checkFault(command.fault))
      return {}
    case 'sent':
      return control.sent(command.query ?? {})
    case 'stats':
      return control.stats()
    default:
      throw new Error('command must be one of inject, sent, stats.')
  }
}

const LONGEST = 64 * 1024

/** POST /control with the token in `Authorization: Bearer`, a command as JSON in, its result as JSON out. */
export async function runCommand(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  control: Control,
): Promise<void> {
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }
  if (request.method !== 'POST') return answer(405, { error: 'Use POST.' })
  if (!isToken(request.headers.authorization, token))
    return answer(401, { error: 'Send the token as Authorization: Bearer.' })
  try {
    answer(200, run(JSON.parse(await textOf(request)) as Partial<Command>, control))
  } catch (error) {
    answer(400, { error: error instanceof Error ? error.message : String(error) })
  }
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) {
    text += String(part)
    if (text.length > LONGEST) throw new Error(`A command is at most ${LONGEST} characters.`)
  }
  return text
}
