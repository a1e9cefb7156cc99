import { useCallback, useState } from 'react'
import { settingsStore } from '../../bridge/settings-store.ts'
import { languageOf } from '../../i18n/index.ts'
import { focus, instruments } from '../../market/market.ts'
import type { ExportIntent } from '../../ui/commands.ts'
import { useCommand } from '../../ui/commands.ts'
import { visibleRange } from '../../ui/visible-range.ts'
import type { ExportDraft } from './export-draft.ts'
import { firstDraft, reopenDraft } from './export-draft.ts'
import { bringToFront, clearJob, isRunning, jobStore, sendToBackground } from './export-job.ts'
import { ExportDialog } from './ExportDialog.tsx'

/** Opens the export dialog on command, with the market and the range in view. */
export function ExportHost() {
  const [draft, setDraft] = useState<ExportDraft>()
  const [open, setOpen] = useState(false)

  useCommand(
    'export.open',
    useCallback((intent: ExportIntent | undefined) => {
      const settings = settingsStore.getState().view?.settings
      const now = Date.now()
      setDraft((last) =>
        reopenDraft(
          last ?? firstDraft(settings?.zone ?? 'KST', languageOf(settings?.language ?? null) === 'ko', now),
          intent ?? {},
          focus.getState().instrument,
          visibleRange(),
          now,
        ),
      )
      bringToFront()
      if (instruments.getState().list.length === 0) void instruments.load()
      setOpen(true)
    }, []),
  )

  const close = () => {
    setOpen(false)
    if (isRunning(jobStore.getState().job)) sendToBackground()
    else clearJob()
  }
  if (!open || !draft) return undefined
  return <ExportDialog draft={draft} onChange={setDraft} onClose={close} />
}
