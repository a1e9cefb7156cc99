/** What KIS makes of a client's frame: one registration each, 41 at most, each answered. */

import { createCipheriv } from 'node:crypto'
import { BOOK_GRID } from '../book.ts'
import type { Answer, Moment, Scene, Session, Topic } from '../venue.ts'
import { abroadRecord, bookRecord, tradeRecord } from './records.ts'

export const APPROVAL = 'demo-approval'
const MOST = 41
/** Of every acknowledgement: real ones have new ones each time. */
const KEY = 'abcdefghijklmnopqrstuvwxyz012345'
const IV = '0123456789abcdef'

interface Kind {
  readonly channel: 'trade' | 'book'
  readonly isAbroad: boolean
  record(moment: Moment): string | undefined
}

const KINDS: Readonly<Record<string, (symbol: string) => Kind>> = {
  H0STCNT0: (symbol) => ({
    channel: 'trade',
    isAbroad: false,
    record({ scene, trade }) {
      const market = scene.find(symbol)
      return market && trade && tradeRecord(scene, market, trade)
    },
  }),
  H0STASP0: (symbol) => ({
    channel: 'book',
    isAbroad: false,
    record({ scene }) {
      const market = scene.find(symbol)
      return market && bookRecord(scene, market)
    },
  }),
  HDFSCNT0: (symbol) => ({
    channel: 'trade',
    isAbroad: true,
    record({ scene, trade }) {
      const market = scene.find(symbol)
      return market && trade && abroadRecord(scene, market, trade)
    },
  }),
}

/** The topic of a registration; undefined: there is no such transaction. */
export function toTopic(tr_id: string, symbol: string, isEncrypted = false): Topic | undefined {
  const kind = Object.hasOwn(KINDS, tr_id) ? KINDS[tr_id]?.(symbol) : undefined
  if (kind === undefined) return undefined
  return {
    key: `${tr_id} ${symbol}${isEncrypted ? ' encrypted' : ''}`,
    market: symbol,
    channel: kind.channel,
    cadence: kind.channel === 'trade' ? 'trade' : 2 * BOOK_GRID,
    snapshot: kind.channel === 'book',
    live: true,
    frame(moment) {
      const record = kind.record(moment)
      if (record === undefined || record === moment.memory) return undefined
      const payload = isEncrypted ? encrypted(record) : record
      return { text: `${isEncrypted ? 1 : 0}|${tr_id}|001|${payload}`, memory: record }
    },
  }
}

function encrypted(text: string): string {
  const cipher = createCipheriv('aes-256-cbc', KEY, IV)
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64')
}

interface Asked {
  readonly approval: string
  readonly type: string
  readonly id: string
  readonly key: string
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  const asked = openAsked(text)
  // The echo of PINGPONG comes back here as well.
  if (asked === undefined) return { session, replies: [], snapshots: [] }
  const { approval, type, id, key } = asked
  const isEncrypted = session.format === 'encrypted'
  const topic = toTopic(id, key, isEncrypted)
  const others = session.topics.filter((each) => each.key !== topic?.key)
  const isHeld = others.length < session.topics.length
  const say = (code: string, words: string): Answer => ({
    session,
    replies: [said(asked, code, words, isEncrypted)],
    snapshots: [],
  })
  if (approval !== APPROVAL) return say('OPSP0011', 'invalid approval : NOT FOUND')
  if (topic === undefined) return say('OPSP8991', 'invalid tr_id')
  if (scene.find(key) === undefined || (id === 'HDFSCNT0') !== key.startsWith('D'))
    return say('OPSP8992', 'invalid tr_key')
  if (type === '2')
    return isHeld
      ? { ...say('OPSP0001', 'UNSUBSCRIBE SUCCESS'), session: { ...session, topics: others } }
      : say('OPSP0003', 'UNSUBSCRIBE ERROR(not found!)')
  if (isHeld) return say('OPSP0002', 'ALREADY IN SUBSCRIBE')
  if (others.length >= MOST) return say('OPSP0008', 'MAX SUBSCRIBE OVER')
  return {
    session: { ...session, topics: [...others, topic] },
    replies: [said(asked, 'OPSP0000', 'SUBSCRIBE SUCCESS', isEncrypted)],
    snapshots: topic.snapshot ? [topic] : [],
    beat: { text: '{"header":{"tr_id":"PINGPONG","datetime":"20261123101505"}}', every: 10_000 },
  }
}

function said({ id, key }: Asked, msg_cd: string, msg1: string, isEncrypted: boolean): string {
  const isFine = ['OPSP0000', 'OPSP0001'].includes(msg_cd)
  const header = { tr_id: id, tr_key: key, encrypt: isEncrypted ? 'Y' : 'N' }
  const output = isFine ? { output: { iv: IV, key: KEY } } : {}
  return JSON.stringify({ header, body: { rt_cd: isFine ? '0' : '1', msg_cd, msg1, ...output } })
}

function openAsked(text: string): Asked | undefined {
  try {
    const frame = JSON.parse(text) as {
      readonly header: { readonly approval_key: string; readonly tr_type: string; readonly tr_id?: string }
      readonly body: { readonly input: { readonly tr_id: string; readonly tr_key: string } }
    }
    const { approval_key: approval, tr_type: type } = frame.header
    const { tr_id: id, tr_key: key } = frame.body.input
    return { approval, type, id, key }
  } catch {
    return undefined
  }
}
