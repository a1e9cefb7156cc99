import type { LucideIcon } from 'lucide-react'
import { Activity, ChartCandlestick, Database, Info, Newspaper, Settings2, Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHealth } from '../../bridge/health-store.ts'
import { classes } from '../../ui/classes.ts'
import type { PageId } from '../../ui/commands.ts'
import { runCommand } from '../../ui/commands.ts'
import { RAIL_ICON } from '../../ui/icons.ts'
import { usePage } from '../../ui/page-store.ts'
import { TROUBLED } from '../../ui/venues.ts'
import styles from './Rail.module.css'

const ITEMS: readonly (readonly [PageId, LucideIcon])[] = [
  ['trade', ChartCandlestick],
  ['news', Newspaper],
  ['kafka', Share2],
  ['health', Activity],
  ['data', Database],
]
const LAST_ITEMS: readonly (readonly [PageId, LucideIcon])[] = [
  ['about', Info],
  ['settings', Settings2],
]

/** The pages. A badge counts the exchanges that need a look. */
export function Rail() {
  const { t } = useTranslation()
  const troubled = useHealth((health) => health?.venues.filter((venue) => TROUBLED.has(venue.state)).length ?? 0)
  return (
    <nav className={styles['rail']} aria-label={t('rail')}>
      {ITEMS.map(([page, Icon]) => (
        <RailItem key={page} page={page} Icon={Icon} badge={page === 'health' ? troubled : 0} />
      ))}
      <span className={styles['space']} />
      {LAST_ITEMS.map(([page, Icon]) => (
        <RailItem key={page} page={page} Icon={Icon} badge={0} />
      ))}
    </nav>
  )
}

interface RailItemProps {
  readonly page: PageId
  readonly Icon: LucideIcon
  readonly badge: number
}

function RailItem({ page, Icon, badge }: RailItemProps) {
  const { t } = useTranslation()
  const open = usePage() === page
  return (
    <button
      type="button"
      className={classes(styles['item'], open && styles['open'])}
      {...(open ? { 'aria-current': 'page' as const } : {})}
      onClick={() => runCommand('page.open', page)}
    >
      <Icon {...RAIL_ICON} />
      <span>{t(`pages.${page}`)}</span>
      {badge > 0 && (
        <i className={styles['badge']}>
          {badge}
          <span className="visually-hidden"> {t('railBadge')}</span>
        </i>
      )}
    </button>
  )
}
