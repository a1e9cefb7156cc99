import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TapeRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { SECOND, pairOf, venueOf } from '../../../shared/market.ts'
import { useHealth } from '../../bridge/health-store.ts'
import { session } from '../../bridge/session.ts'
import { painted, useInstrument } from '../../market/market.ts'
import { useUnits } from '../../market/units.ts'
import { priceDecimals } from '../../market/values.ts'
import { useVenueName } from '../../market/venue-name.ts'
import { formatPrice, formatSkew } from '../../ui/format.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { FaultBlock } from '../kafka/parts/FaultBlock.tsx'
import { useAnswer } from '../kafka/parts/use-answer.ts'
import { HopRow } from './HopRow.tsx'
import styles from './Trace.module.css'
import type { Way } from './way.ts'
import { toWay } from './way.ts'

export interface TradeWayProps {
  readonly instrument: InstrumentKey
  readonly trade: TapeRow
}

/** One trade: what it is, its hops from top to bottom, and how long the whole took. Asked again each second until complete. */
export function TradeWay({ instrument, trade }: TradeWayProps) {
  const { t } = useTranslation(['trace', 'shell'])
  useNow()
  const { id, at } = trade
  const [complete, setComplete] = useState(false)
  const answer = useAnswer(
    `${instrument} ${at} ${id}`,
    async () => {
      const hops = await session.call('trace.trade', { instrument, id, at })
      setComplete(toWay(hops, undefined).isComplete)
      return hops
    },
    complete ? undefined : SECOND,
  )
  const way = answer.value && toWay(answer.value, painted.of(instrument, id))
  return (
    <>
      <Facts instrument={instrument} trade={trade} />
      {answer.fault && !way && <FaultBlock fault={answer.fault} onRetry={answer.again} />}
      {!answer.fault && !way && <Spinner label={t('shell:loading')} />}
      {way && (
        <ol className={styles['hops']} aria-label={t('trace:hops')} tabIndex={0}>
          {way.lines.map((line, index) => (
            <HopRow key={`${index} ${line.hop}`} line={line} venue={venueOf(instrument)} />
          ))}
        </ol>
      )}
      {way && <Total way={way} venue={venueOf(instrument)} />}
    </>
  )
}

function Facts({ instrument, trade }: TradeWayProps) {
  const { t } = useTranslation('trace')
  const format = useFormat()
  const venueName = useVenueName()
  const { base, quote } = useUnits(instrument)
  const decimals = priceDecimals(useInstrument(instrument), trade.price)
  const { side } = trade
  return (
    <div className={styles['facts']}>
      <p>
        <b>{pairOf(instrument)}</b> {venueName(venueOf(instrument))}
        <span className={side && styles[side]}>
          {side && (
            <i role="img" aria-label={t(side)}>
              {side === 'buy' ? '▲ ' : '▼ '}
            </i>
          )}
          {formatPrice(trade.price, decimals)} {quote}
        </span>
      </p>
      <p className={styles['dim']}>
        {format.date(trade.at)} {format.clockMillis(trade.at)} {format.zoneName(trade.at)}
        <span>
          {formatPrice(trade.size)} {base}
        </span>
      </p>
      <p className={styles['dim']}>
        {t('id')} <span className={styles['id']}>{trade.id}</span>
      </p>
    </div>
  )
}

function Total({ way, venue }: { readonly way: Way; readonly venue: string }) {
  const { t } = useTranslation('trace')
  const format = useFormat()
  const venueName = useVenueName()
  const skew = useHealth((health) => health?.venues.find((each) => each.venue === venue)?.skew)
  const isAll = way.lines.every(({ missing }) => missing === undefined)
  return (
    <div className={styles['total']}>
      <dl>
        <dt>{t('total')}</dt>
        <dd>{format.delay(way.toPixel)}</dd>
        <dt className={styles['dim']}>
          {t('toLast', { hop: way.toLast ? t(`hop.${way.toLast.hop}`) : t('hop.exchange') })}
        </dt>
        <dd className={styles['dim']}>{format.delay(way.toLast?.ms)}</dd>
      </dl>
      {way.ahead !== undefined && (
        <p className={styles['warn']}>
          {t('ahead', { venue: venueName(venue), ahead: format.delay(way.ahead) })}{' '}
          {skew !== undefined && t('skew', { skew: formatSkew(skew) })}
        </p>
      )}
      <p className={styles['dim']} role="status">
        {way.isComplete ? t(isAll ? 'complete' : 'settled') : t('under')}
      </p>
    </div>
  )
}
