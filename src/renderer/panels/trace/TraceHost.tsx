import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { focus, tape } from '../../market/market.ts'
import type { FollowedCandle, FollowedTrade } from '../../ui/commands.ts'
import { listCommands, runCommand, useCommand } from '../../ui/commands.ts'
import { openPage } from '../../ui/page-store.ts'
import { openCandle, openTrade } from './trace-store.ts'

/** Answers whoever asks for a trade to be followed, on any page; the drawer itself is part of the trade page. */
export function TraceHost() {
  const { t } = useTranslation('trace')
  useCommand('trace.trade', followTrade)
  useCommand('trace.candle', followCandle)
  useEffect(() => listCommands([{ title: t('newest'), group: 'market', keys: ['F'], run: followNewest }]), [t])
  return undefined
}

function followTrade(followed: FollowedTrade): void {
  openTrade(followed)
  openPage('trade')
}

function followCandle(candle: FollowedCandle): void {
  openCandle(candle)
  openPage('trade')
}

function followNewest(): void {
  const { instrument } = focus.getState()
  const newest = tape.lines().findLast((line) => line.kind === 'trade')
  if (instrument !== undefined && newest) runCommand('trace.trade', { instrument, trade: newest.trade })
}
