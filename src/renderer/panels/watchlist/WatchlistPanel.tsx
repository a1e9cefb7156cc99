import { Plus, Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useWatchlist } from '../../market/market.ts'
import { Button } from '../../ui/Button.tsx'
import { runCommand } from '../../ui/commands.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { BLOCK_ICON, SMALL_ICON } from '../../ui/icons.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './Watchlist.module.css'
import { WatchlistGrid } from './WatchlistGrid.tsx'
import { arrangement, setGrouping } from './watchlist-store.ts'

/** The markets that are collected and watched. */
export function WatchlistPanel() {
  const { t } = useTranslation('market')
  const keys = useWatchlist()
  const grouping = useStore(arrangement, (state) => state.grouping)
  const add = (
    <IconButton
      size="small"
      label={t('watchlist.add')}
      icon={<Plus {...SMALL_ICON} />}
      onClick={() => runCommand('search.open')}
    />
  )
  return (
    <Panel label={t('watchlist.title')} head={<PanelTitle>{t('watchlist.title')}</PanelTitle>} actions={add}>
      <div className={styles['tools']}>
        <Segmented
          size="small"
          label={t('watchlist.grouping')}
          value={grouping}
          onChange={setGrouping}
          options={[
            { value: 'venue', label: t('watchlist.byVenue') },
            { value: 'coin', label: t('watchlist.byCoin') },
            { value: 'flat', label: t('watchlist.flat') },
          ]}
        />
      </div>
      {keys?.length === 0 ? (
        <Empty />
      ) : (
        <WatchlistGrid keys={keys ?? []} grouping={grouping} loading={keys === undefined} />
      )}
    </Panel>
  )
}

function Empty() {
  const { t } = useTranslation('market')
  return (
    <EmptyBlock
      icon={<Star {...BLOCK_ICON} />}
      title={t('watchlist.empty')}
      text={t('watchlist.emptyText')}
      actions={
        <Button kind="primary" onClick={() => runCommand('search.open')}>
          {t('watchlist.add')}
        </Button>
      }
    />
  )
}
