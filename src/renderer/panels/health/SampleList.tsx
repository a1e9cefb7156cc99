import { FileCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MalformedSample } from '../../../shared/engine-view.ts'
import type { MalformedRule } from '../../../shared/malformed-rules.ts'
import type { VenueId } from '../../../shared/market.ts'
import { useVenue } from '../../bridge/health-store.ts'
import { session } from '../../bridge/session.ts'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './VenueDetails.module.css'

/** The last frames of an exchange that could not be understood, and how many by which rule. Asked once: another venue, or more of them, is another list. */
export function SampleList({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation(['health', 'names', 'shell'])
  const format = useFormat()
  const rules = useVenue(venue)?.malformed ?? {}
  const [samples, setSamples] = useState<readonly MalformedSample[]>()
  useEffect(() => {
    let current = true
    session.call('health.samples', { venue }).then(
      (found) => current && setSamples(found),
      () => current && setSamples([]),
    )
    return () => {
      current = false
    }
  }, [venue])

  if (!samples) return <EmptyBlock icon={<Spinner label={t('shell:loading')} />} title="" />
  if (samples.length === 0)
    return (
      <EmptyBlock
        icon={<FileCheck {...BLOCK_ICON} />}
        title={t('health:samplesNone')}
        text={t('health:samplesNoneText', { venue: t(`names:${venue}`) })}
      />
    )
  return (
    <div className={styles['list']}>
      <div className={styles['rules']}>
        {(Object.entries(rules) as [MalformedRule, number][]).map(([rule, times]) => (
          <Chip key={rule} size="small">
            {t(`health:rule.${rule}`)} <b>{format.count(times)}</b>
          </Chip>
        ))}
      </div>
      {samples.map((sample) => (
        <details key={`${sample.at} ${sample.frame}`} className={styles['sample']}>
          <summary>
            <time>{format.clock(sample.at)}</time>
            <span className={styles['text']}>{t(`health:rule.${sample.rule}`)}</span>
            <span className={styles['text']} title={sample.message}>
              {sample.message}
            </span>
          </summary>
          <pre>{sample.frame}</pre>
        </details>
      ))}
    </div>
  )
}
