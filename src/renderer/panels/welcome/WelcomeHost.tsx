import { useEffect, useState } from 'react'
import { saveSettings, useSettingsView } from '../../bridge/settings-store.ts'
import { Welcome } from './Welcome.tsx'

/** Opens the welcome on the very first run. It counts as seen once it is on screen: nobody meets it twice. */
export function WelcomeHost() {
  const view = useSettingsView()
  return view && <FirstRun isNew={!view.settings.welcomed} />
}

/** What was new when this page came up decides: seeing it changes the setting, and not this page. */
function FirstRun({ isNew }: { readonly isNew: boolean }) {
  const [open, setOpen] = useState(isNew)
  useEffect(() => {
    // Not remembered is no loss: it is skipped with one key.
    if (open) saveSettings({ welcomed: true }).catch(() => undefined)
  }, [open])
  return open ? <Welcome onClose={() => setOpen(false)} /> : undefined
}
