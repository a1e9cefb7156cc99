import { ReceiptText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { TapeRow } from '../../../shared/market-view.ts'
import { SECOND } from '../../../shared/market.ts'
import { session } from '../../bridge/session.ts'
import { useInstrument } from '../../market/market.ts'
import { useUnits } from '../../market/units.ts'
import { fitSize, priceDecimals } from '../../market/values.ts'
import type { FollowedCandle } from '../../ui/commands.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { formatPrice } from '../../ui/format.ts'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import type { Column } from '../kafka/parts/DataGrid.tsx'
import { DataGrid } from '../kafka/parts/DataGrid.tsx'
import { useAnswer } from '../kafka/parts/use-answer.ts'
import { MOST_LISTED, tradesOf } from './candle-trades.ts'
import { pickTrade } from './trace-store.ts'
import styles from './Trace.module.css'

export interface CandleTradesProps {
  readonly candle: FollowedCandle
  readonly picked: TapeRow | undefined
}

const NONE: readonly TapeRow[] = []
/** The store is a moment behind the stream. */
const BEHIND = 3 * SECOND

/** The trades that made a candle, newest first: the way of the one that is picked stands below. */
export function CandleTrades({ candle, picked }: CandleTradesProps) {
  const { t } = useTranslation('trace')
  const format = useFormat()
  const { instrument, from, to } = candle
  const running = useNow() < to + BEHIND
  const answer = useAnswer(
    `${instrument} ${from} ${to}`,
    () => session.call('history.trades', { instrument, before: to, count: MOST_LISTED }),
    running ? SECOND : undefined,
  )
  const rows = answer.value ? tradesOf(answer.value, from, to) : NONE
  const columns = useColumns(candle, rows[0])
  const clock = (at: number) => (to - from < 24 * 3_600 * SECOND ? format.clock(at) : format.dateTime(at))
  return (
    <>
      <div className={styles['candle']}>
        <div className={styles['candleHead']}>
          <b>{t('candleOf', { from: clock(from), to: clock(to) })}</b>
          <span>
            {rows.length >= MOST_LISTED ? t('most', { count: MOST_LISTED }) : t('count', { count: rows.length })}
          </span>
        </div>
        <DataGrid
          label={t('candle')}
          columns={columns}
          rows={rows}
          row={22}
          keyOf={({ id, at }) => `${at} ${id}`}
          selected={picked && `${picked.at} ${picked.id}`}
          onSelect={pickTrade}
          empty={
            answer.asking ? undefined : (
              <EmptyBlock icon={<ReceiptText {...BLOCK_ICON} />} title={t('none')} text={t('noneText')} />
            )
          }
        />
      </div>
      {!picked && rows.length > 0 && <EmptyBlock icon={null} title={t('pick')} />}
    </>
  )
}

function useColumns({ instrument, from }: FollowedCandle, sample: TapeRow | undefined): readonly Column<TapeRow>[] {
  const { t } = useTranslation('trace')
  const format = useFormat()
  const { base, quote, places } = useUnits(instrument)
  const decimals = priceDecimals(useInstrument(instrument), sample?.price)
  return [
    {
      id: 'at',
      head: t('time', { zone: format.zoneName(from) }),
      width: '106px',
      cell: ({ at }) => format.clockMillis(at),
    },
    {
      id: 'price',
      head: t('price', { quote }),
      width: 'minmax(0, 1fr)',
      right: true,
      cell: ({ price, side }) => (
        <span className={side && styles[side]}>
          {side && (
            <i role="img" aria-label={t(side)}>
              {side === 'buy' ? '▲ ' : '▼ '}
            </i>
          )}
          {formatPrice(price, decimals)}
        </span>
      ),
    },
    { id: 'size', head: t('size', { base }), width: '80px', right: true, cell: ({ size }) => fitSize(size, places) },
  ]
}
