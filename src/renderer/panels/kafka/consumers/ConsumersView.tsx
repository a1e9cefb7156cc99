import { useState } from 'react'
import { useConsumers } from '../../../bridge/kafka-store.ts'
import { openKafka, useKafkaView } from '../kafka-view.ts'
import { ConsumerDialog } from './ConsumerDialog.tsx'
import styles from './Consumers.module.css'
import { ConsumerTable } from './ConsumerTable.tsx'
import { MemberPanel } from './MemberPanel.tsx'
import { ParkedPanel } from './ParkedPanel.tsx'
import { Rebalances } from './Rebalances.tsx'

/** The consumers that this engine runs: counts, rebalances, members, and records that could not be stored. */
export function ConsumersView() {
  const { value: consumers, fault } = useConsumers()
  const asked = useKafkaView((view) => view.consumer)
  const [dialog, setDialog] = useState<'add' | 'edit'>()
  const consumer = consumers?.find((each) => each.name === asked) ?? consumers?.[0]
  return (
    <div className={consumers?.length === 0 ? styles['empty'] : styles['page']}>
      <ConsumerTable
        consumers={consumers}
        fault={fault}
        selected={consumer?.name}
        onSelect={(name) => openKafka('consumers', { consumer: name })}
        onAdd={() => setDialog('add')}
        onEdit={() => setDialog('edit')}
      />
      {consumers?.length !== 0 && (
        <>
          <Rebalances consumer={consumer} known={consumers !== undefined} />
          <div className={styles['bottom']}>
            <MemberPanel consumer={consumer} />
            <ParkedPanel key={`${consumer?.name}`} consumer={consumer} />
          </div>
        </>
      )}
      {dialog && (
        <ConsumerDialog name={dialog === 'edit' ? consumer?.name : undefined} onClose={() => setDialog(undefined)} />
      )}
    </div>
  )
}
