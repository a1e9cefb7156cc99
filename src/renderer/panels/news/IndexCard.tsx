import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { IndexPoint } from '../../../shared/items-contract.ts'
import type { IndexFeedId } from '../../../shared/items.ts'
import { DAY, SECOND } from '../../../shared/market.ts'
import { useMode } from '../../bridge/health-store.ts'
import { Chip } from '../../ui/Chip.tsx'
import { runCommand } from '../../ui/commands.ts'
import { formatSigned, NOT_GIVEN } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { BANDS, bandOf, linePath, valueBefore } from './index-scale.ts'
import styles from './IndexCard.module.css'
import { INDEX_DAYS, useNews } from './news-store.ts'

/** To whom an index belongs: it is named wherever its value is shown. */
const OWNERS: Readonly<Record<IndexFeedId, { readonly name: string; readonly url: string }>> = {
  cnn_fear_greed: { name: 'CNN', url: 'https://edition.cnn.com/markets/fear-and-greed' },
  alternative_me: { name: 'alternative.me', url: 'https://alternative.me/crypto/fear-and-greed-index/' },
}

/** A sentiment index: its value as a number, a word and a place on its scale, and where it came from. */
export function IndexCard({ feed }: { readonly feed: IndexFeedId }) {
  const { t } = useTranslation(['news', 'shell'])
  const points = useNews(({ indices }) => indices[feed]) ?? []
  const demo = useMode()?.mode === 'demo'
  const { name, url } = OWNERS[feed]
  // A simulated value must not pass for its owner's.
  const credit = demo ? (
    <span className={styles['credit']}>
      <Chip tone="mode" size="small">
        {t('shell:demo')}
      </Chip>
    </span>
  ) : (
    <a href={url} target="_blank" rel="noopener noreferrer" className={styles['credit']}>
      {name}
    </a>
  )
  const last = points.at(-1)
  return (
    <Panel
      label={t(`news:feed.${feed}`)}
      head={<PanelTitle>{t(`news:feed.${feed}`)}</PanelTitle>}
      actions={
        <>
          {credit}
          <IconButton
            size="small"
            label={t('news:index.export', { name: t(`news:feed.${feed}`) })}
            icon={<Download {...SMALL_ICON} />}
            onClick={() => openExport(feed)}
          />
        </>
      }
      className={styles['card']}
    >
      {last ? <Reading points={points} last={last} /> : <p className={styles['none']}>{t('news:index.none')}</p>}
    </Panel>
  )
}

/** What is drawn is offered; whoever wants more writes another range. */
function openExport(feed: IndexFeedId): void {
  const to = Math.ceil(Date.now() / SECOND) * SECOND
  runCommand('export.open', { kind: 'indices', instruments: [`index:${feed}`], from: to - INDEX_DAYS * DAY, to })
}

function Reading({ points, last }: { readonly points: readonly IndexPoint[]; readonly last: IndexPoint }) {
  const { t } = useTranslation('news')
  const format = useFormat()
  const now = useNow()
  const value = Number(last.value)
  const band = bandOf(last.label)
  const word = band ? t(`index.${band}`) : last.label
  return (
    <div className={styles['reading']}>
      <div className={styles['value']}>
        <b>{Math.round(value)}</b>
        <span>{word}</span>
        <time title={format.dateTime(last.at)}>{t('index.ago', { age: format.age(Math.max(0, now - last.at)) })}</time>
      </div>
      <Scale value={value} band={band} label={t('index.of', { value: Math.round(value), word })} />
      <Line points={points} />
      <dl className={styles['before']}>
        <Before name={t('index.day')} value={valueBefore(points, DAY)} now={value} />
        <Before name={t('index.week')} value={valueBefore(points, 7 * DAY)} now={value} />
        <Before name={t('index.month')} value={valueBefore(points, 30 * DAY)} now={value} />
      </dl>
    </div>
  )
}

interface ScaleProps {
  readonly value: number
  readonly band: string | undefined
  readonly label: string
}

/** The five bands, the one in force filled, with a mark at the value. */
function Scale({ value, band, label }: ScaleProps) {
  return (
    <svg className={styles['scale']} viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={label}>
      {BANDS.map(({ name, to }, index) => {
        const from = BANDS[index - 1]?.to ?? 0
        return (
          <rect
            key={name}
            x={from + 0.3}
            width={to - from - 0.6}
            y={3}
            height={4}
            className={name === band ? styles['on'] : styles['off']}
          />
        )
      })}
      <line x1={value} x2={value} y1={0} y2={10} className={styles['mark']} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

const WIDTH = 280
const HEIGHT = 44

function Line({ points }: { readonly points: readonly IndexPoint[] }) {
  const { t } = useTranslation('news')
  const path = linePath(points, WIDTH, HEIGHT)
  if (path === undefined) return undefined
  const values = points.map((point) => Number(point.value))
  const [low, high] = [Math.round(Math.min(...values)), Math.round(Math.max(...values))]
  return (
    <figure className={styles['history']}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
          className={styles['middle']}
          vectorEffect="non-scaling-stroke"
        />
        <path d={path} className={styles['line']} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>{t('index.history', { days: INDEX_DAYS, low, high })}</figcaption>
    </figure>
  )
}

interface BeforeProps {
  readonly name: string
  readonly value: number | undefined
  readonly now: number
}

function Before({ name, value, now }: BeforeProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === undefined ? NOT_GIVEN : Math.round(value)}
        {value !== undefined && <small>{formatSigned(Math.round(now) - Math.round(value), 0)}</small>}
      </dd>
    </div>
  )
}
