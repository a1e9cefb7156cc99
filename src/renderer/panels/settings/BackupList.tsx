import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupRow, BackupView } from '../../../shared/backup-contract.ts'
import { useMode } from '../../bridge/health-store.ts'
import { useSession } from '../../bridge/session.ts'
import { Button } from '../../ui/Button.tsx'
import { faultLine } from '../../ui/fault-text.ts'
import { formatBytes, NOT_GIVEN } from '../../ui/format.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { CopyText } from '../kafka/parts/CopyText.tsx'
import styles from './Backup.module.css'
import { restoreCommand } from './backups-view.ts'
import { RestoreDialog } from './RestoreDialog.tsx'

const MARKS = { damaged: 'down', unfinished: 'waiting' } as const

/** Which backups there are, where they lie, and the command that restores the newest good one. */
export function BackupList({ view }: { readonly view: BackupView | undefined }) {
  const { t } = useTranslation('backup')
  const { info } = useSession()
  const mode = useMode()
  const newest = view?.backups.find(({ state }) => state === 'good')
  return (
    <>
      {view && view.backups.length > 0 ? (
        <Table rows={view.backups} />
      ) : (
        <p className={styles['none']}>{t(view ? 'none' : 'loading')}</p>
      )}
      <dl className={styles['facts']}>
        <dt>{t('folder')}</dt>
        <dd>{view?.folder ?? NOT_GIVEN}</dd>
        {newest && info && (
          <>
            <dt>{t('restore')}</dt>
            <dd>
              {t('restoreText')}
              <CopyText text={restoreCommand(newest.name, info.folder, mode?.mode === 'demo')} />
            </dd>
          </>
        )}
      </dl>
    </>
  )
}

function Table({ rows }: { readonly rows: readonly BackupRow[] }) {
  const { t } = useTranslation('backup')
  const format = useFormat()
  const [asked, setAsked] = useState<BackupRow>()
  return (
    <div className={styles['frame']} tabIndex={0} role="group" aria-label={t('list')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('column.at', { zone: format.zoneName(rows[0]?.at ?? 0) })}</th>
            <th>{t('column.name')}</th>
            <th>{t('column.state')}</th>
            <th>{t('column.rows')}</th>
            <th>{t('column.size')}</th>
            <th>
              <span className={styles['unseen']}>{t('restore')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.name}>
              <tr>
                <td>{row.at === undefined ? NOT_GIVEN : format.dateTime(row.at)}</td>
                <td>{row.name}</td>
                <td className={styles[row.state]}>
                  {row.state !== 'good' && <StateMark mark={MARKS[row.state]} />}
                  {t(`state.${row.state}`)}
                </td>
                <td>{row.rows === undefined ? NOT_GIVEN : format.count(row.rows)}</td>
                <td>{row.bytes === undefined ? NOT_GIVEN : formatBytes(row.bytes)}</td>
                <td>
                  {row.state === 'good' && (
                    <Button kind="ghost" size="small" onClick={() => setAsked(row)}>
                      {t('restoreButton')}
                    </Button>
                  )}
                </td>
              </tr>
              {row.problem !== undefined && (
                <tr className={styles['problem']}>
                  <td colSpan={6}>
                    {row.state === 'unfinished'
                      ? t('unfinishedText')
                      : faultLine({ code: 'backup-damaged', message: row.problem })}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {asked && <RestoreDialog row={asked} onClose={() => setAsked(undefined)} />}
    </div>
  )
}
