/** Frames of KIS: controls are JSON, data are records: flag|transaction id|count|fields with '^' between, all records in one list. */

import type { DecoderTools, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import { Fields } from '../fields.ts'
import { RECORD_KINDS } from './data.ts'
import { KisRecord } from './records.ts'
import { channelOf, nativeOf } from './registrations.ts'

const LONGEST = 1_048_576
const DATA = /^([01])\|([A-Z0-9]+)\|(\d{1,4})\|([^|]*)$/s

/** Opens an encrypted payload of that transaction id; undefined where its key is not known. */
type Opener = (transaction: string, payload: string) => string | undefined

/** The messages of a frame, taken for itself: an encrypted one cannot be read so. */
export function decode(frame: string): readonly Message[] {
  return read(
    frame,
    () => undefined,
    () => undefined,
  )
}

/** A connection's decoder: each acknowledgement brings the key and iv of its transaction id. */
export function createDecoder({ decrypt }: DecoderTools): (frame: string) => readonly Message[] {
  const keys = new Map<string, { readonly key: string; readonly iv: string }>()
  const open: Opener = (transaction, payload) => {
    const known = keys.get(transaction)
    return known && decrypt(payload, known.key, known.iv)
  }
  return (frame) => read(frame, open, (transaction, key, iv) => keys.set(transaction, { key, iv }))
}

function read(
  frame: string,
  open: Opener,
  onKey: (transaction: string, key: string, iv: string) => void,
): readonly Message[] {
  if (frame.length > LONGEST) throw new FrameError('too-large', `The message is longer than ${LONGEST} characters.`)
  const text = frame.trim()
  const data = DATA.exec(text)
  if (data === null) return toControl(Fields.open(text), text, onKey)
  const [, flag, transaction = '', count = '', payload = ''] = data
  const plain = flag === '1' ? open(transaction, payload) : payload
  if (plain === undefined) throw new FrameError('bad-value', 'The payload is encrypted, and its key does not open it.')
  return toMessages(transaction, Number(count), plain)
}

/** Fields per record are all fields ÷ records. */
function toMessages(transaction: string, count: number, payload: string): readonly Message[] {
  const kind = RECORD_KINDS.get(transaction)
  if (kind === undefined) throw new FrameError('unknown-shape', 'The transaction id is none that was asked for.')
  const values = payload.split('^')
  const each = values.length / count
  if (!Number.isInteger(each) || each < kind.fields)
    throw new FrameError('unknown-shape', `${values.length} fields are not those of ${count} records.`)
  const messages: Message[] = []
  for (let nth = 0; nth < count; nth += 1) messages.push(...kind.decode(new KisRecord(values, nth * each)))
  return messages
}

/** Registered, removed, registered already, not registered: as it should be, in the end. */
const FINE: ReadonlySet<string> = new Set(['OPSP0000', 'OPSP0001', 'OPSP0002', 'OPSP0003'])
/** The app key, or the approval key that was issued to it, is not accepted. */
const DENIED: ReadonlySet<string> = new Set(['OPSP0010', 'OPSP0011'])
/** One connection a key: somebody else has it. */
const IN_USE = 'OPSP8996'

function toControl(
  frame: Fields,
  text: string,
  onKey: (transaction: string, key: string, iv: string) => void,
): readonly Message[] {
  if (frame.isList || !frame.has('header')) throw new FrameError('unknown-shape', 'The message has no header.')
  const header = frame.object('header')
  const transaction = header.text('tr_id')
  if (transaction === 'PINGPONG') return [{ control: 'echo', frame: text }]
  const body = frame.object('body')
  const code = body.text('msg_cd')
  if (FINE.has(code)) {
    const output = body.has('output') ? body.object('output') : undefined
    const [key, iv] = [output?.optionalText('key'), output?.optionalText('iv')]
    if (key !== undefined && iv !== undefined) onKey(transaction, key, iv)
    return [{ control: 'ack' }]
  }
  const reason = `${code} ${body.optionalText('msg1') ?? ''}`.trim()
  if (DENIED.has(code)) return [{ control: 'denied', reason }]
  if (code === IN_USE) return [{ control: 'in-use', reason }]
  const key = header.optionalText('tr_key')
  const market = key === undefined ? undefined : nativeOf(transaction, key)
  const channel = channelOf(transaction)
  if (market === undefined || channel === undefined) return [{ control: 'refused', reason }]
  return [{ control: 'refused', market, channel, reason }]
}
