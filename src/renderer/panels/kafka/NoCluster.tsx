import { Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import styles from './KafkaPage.module.css'
import { openKafka } from './kafka-view.ts'
import { CopyText } from './parts/CopyText.tsx'

/** The page while no cluster is in use: that is no fault. How to connect one, and how to start one where there is none. */
export function NoCluster() {
  const { t } = useTranslation('kafka')
  return (
    <section className={styles['none']} aria-label={t('none.title')} data-panel tabIndex={-1}>
      <EmptyBlock
        icon={<Share2 {...BLOCK_ICON} />}
        title={t('none.title')}
        text={t('none.text')}
        actions={
          <Button kind="primary" onClick={() => openKafka('connect')}>
            {t('none.connect')}
          </Button>
        }
      />
      <StartCluster />
    </section>
  )
}

/** Two commands that start a cluster on this machine, and where it is then. */
export function StartCluster() {
  const { t } = useTranslation('kafka')
  return (
    <div className={styles['ways']}>
      <div>
        <p>{t('none.script')}</p>
        <CopyText text="npm run kafka -- --nodes 3" />
      </div>
      <div>
        <p>{t('none.docker')}</p>
        <CopyText text="docker compose -f docker/compose.yml up -d" />
      </div>
      <div>
        <p>{t('none.address')}</p>
        <CopyText text="127.0.0.1:19092,127.0.0.1:29092,127.0.0.1:39092" />
      </div>
    </div>
  )
}
