import { ChartSpline, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveSettings, useSettings } from '../../bridge/settings-store.ts'
import { indicatorName } from '../../chart/indicator-text.ts'
import type { ChosenIndicator } from '../../../shared/indicators/catalog.ts'
import { INDICATOR_IDS, INDICATORS, MOST_INDICATORS } from '../../../shared/indicators/catalog.ts'
import { toFault } from '../../../shared/faults.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { faultLine } from '../../ui/fault-text.ts'
import { FieldError } from '../../ui/Field.tsx'
import { ICON, SMALL_ICON } from '../../ui/icons.ts'
import { ChosenRow } from './ChosenRow.tsx'
import styles from './Indicators.module.css'

/** Which indicators are drawn on every chart. Each change holds at once. */
export function IndicatorsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('market')
  const kept = useSettings().indicators
  // What is chosen faster than it is kept builds on what was chosen before.
  const [rows, setRows] = useState<readonly Row[]>(() => kept.map(toRow))
  const [error, setError] = useState<string>()
  const save = (next: readonly Row[]) => {
    setError(undefined)
    setRows(next)
    saveSettings({ indicators: next.map(({ chosen }) => chosen) }).catch((fault: unknown) =>
      setError(faultLine(toFault(fault))),
    )
  }
  const isFull = rows.length >= MOST_INDICATORS
  return (
    <Dialog
      title={t('indicators.title')}
      icon={<ChartSpline {...ICON} />}
      width={560}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('indicators.done')}
        </Button>
      }
    >
      <div className={styles['body']}>
        <h3 className={styles['heading']}>{t('indicators.chosen', { count: rows.length })}</h3>
        {rows.length === 0 && <p className={styles['none']}>{t('indicators.none')}</p>}
        <ul className={styles['list']}>
          {rows.map(({ key, chosen }, order) => (
            <ChosenRow
              key={key}
              chosen={chosen}
              onChange={(parameters) => save(rows.with(order, { key, chosen: { ...chosen, parameters } }))}
              onRemove={() => save(rows.toSpliced(order, 1))}
            />
          ))}
        </ul>
        {error && <FieldError id="indicators-error" text={error} />}
        <h3 className={styles['heading']}>{t('indicators.add')}</h3>
        {isFull && <p className={styles['none']}>{t('indicators.full', { most: MOST_INDICATORS })}</p>}
        <ul className={styles['offers']}>
          {INDICATOR_IDS.map((id) => (
            <li key={id}>
              <Button
                kind="ghost"
                size="small"
                icon={<Plus {...SMALL_ICON} />}
                disabled={isFull}
                onClick={() => save([...rows, toRow({ id, parameters: {} })])}
              >
                {t(`indicators.names.${id}`)}
                <span className={styles['short']}>{indicatorName({ id, parameters: {} })}</span>
                {INDICATORS[id].place === 'pane' && <span className={styles['short']}>{t('indicators.pane')}</span>}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

/** The same indicator may be there twice: a row is known by a key of its own. */
interface Row {
  readonly key: string
  readonly chosen: ChosenIndicator
}

function toRow(chosen: ChosenIndicator): Row {
  return { key: crypto.randomUUID(), chosen }
}
