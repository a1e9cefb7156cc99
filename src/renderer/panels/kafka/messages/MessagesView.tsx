import { MessageSquareText } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { useKafkaView } from '../kafka-view.ts'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import { MessageDrawer } from './MessageDrawer.tsx'
import { MessageGrid } from './MessageGrid.tsx'
import styles from './Messages.module.css'
import { placeOf } from './record-text.ts'
import { QueryForm } from './QueryForm.tsx'
import { ScanBar } from './ScanBar.tsx'
import { changeDraft, startScan, useScan } from './scan.ts'

/** The records of a topic: searched from a place on, or as they come. */
export function MessagesView() {
  const { t } = useTranslation('kafka')
  const asked = useKafkaView((view) => view.topic)
  const open = useScan((state) => state.open)
  const row = useScan((state) => state.tail.rows.find((each) => placeOf(each) === state.open))
  const query = useScan((state) => state.query)
  const fault = useScan((state) => state.fault)
  useEffect(() => {
    if (asked !== undefined) changeDraft({ topic: asked })
  }, [asked])
  return (
    <div className={open === undefined ? styles['page'] : `${styles['page']} ${styles['withDrawer']}`}>
      <Panel label={t('messages.title')}>
        <QueryForm />
        <ScanBar />
        {fault ? (
          <FaultBlock fault={fault} {...(query ? { onRetry: () => startScan(query) } : {})} />
        ) : query ? (
          <MessageGrid />
        ) : (
          <EmptyBlock
            icon={<MessageSquareText {...BLOCK_ICON} />}
            title={t('messages.start')}
            text={t('messages.startText')}
          />
        )}
      </Panel>
      {open !== undefined && <MessageDrawer key={open} row={row} />}
    </div>
  )
}
