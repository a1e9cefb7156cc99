import { createCipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { FrameError } from '../exchanges/exchange.ts'
import { kis } from '../exchanges/kis/index.ts'
import { fixtureLines } from '../exchanges/testing/frames.ts'
import { createDecoders } from './decoders.ts'

const [TRADE = ''] = fixtureLines('kis', 'trade.jsonl')
const [ACK = ''] = fixtureLines('kis', 'control.jsonl')

test('encrypted frames are opened with the key that their own connection was given, and no other', () => {
  const cipher = createCipheriv('aes-256-cbc', 'abcdefghijklmnopqrstuvwxyz012345', '0123456789abcdef')
  const payload = cipher.update(TRADE.slice(TRADE.lastIndexOf('|') + 1), 'utf8', 'base64') + cipher.final('base64')
  const decode = createDecoders(kis)
  const [one, other] = [{}, {}]
  decode(ACK, one)
  expect(decode(`1|H0STCNT0|001|${payload}`, one)).toEqual(kis.decode(TRADE))
  expect(() => decode(`1|H0STCNT0|001|${payload}`, other)).toThrow(FrameError)
  expect(() => decode(`1|H0STCNT0|001|${payload.slice(4)}`, one)).toThrow(FrameError)
})
