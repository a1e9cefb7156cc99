import { useTranslation } from 'react-i18next'
import type { VenueHealth } from '../../../shared/engine-view.ts'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/use-format.ts'
import { delayPosition } from './delay-position.ts'
import styles from './DelayBar.module.css'

/** From p50 to p99 on a logarithmic scale. */
export function DelayBar({
  delay,
  slow,
}: {
  readonly delay: VenueHealth['delay'] | undefined
  readonly slow: boolean
}) {
  const { t } = useTranslation('health')
  const format = useFormat()
  if (!delay) return <span className={styles['track']} />
  const from = delayPosition(delay.p50)
  const to = Math.max(delayPosition(delay.p99), from + 0.03)
  return (
    <span
      role="img"
      aria-label={t('delayBar', { p50: format.delay(delay.p50), p99: format.delay(delay.p99) })}
      className={classes(styles['track'], slow && styles['slow'])}
    >
      <i style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
    </span>
  )
}
