import { useTranslation } from 'react-i18next'
import styles from './App.module.css'
import { useSession } from './bridge/session.ts'
import { LATER_PAGES } from './later-pages.tsx'
import { Banner } from './panels/banner/Banner.tsx'
import { ConnectionScreen } from './panels/banner/ConnectionScreen.tsx'
import { ExportHost } from './panels/export/ExportHost.tsx'
import { KeysHost } from './panels/about/KeysDialog.tsx'
import { Rail } from './panels/rail/Rail.tsx'
import { SearchHost } from './panels/search/SearchHost.tsx'
import { StatusBar } from './panels/status-bar/StatusBar.tsx'
import { TopBar } from './panels/top-bar/TopBar.tsx'
import { TraceHost } from './panels/trace/TraceHost.tsx'
import { TradePage } from './panels/trade/TradePage.tsx'
import { WelcomeHost } from './panels/welcome/WelcomeHost.tsx'
import type { PageId } from './ui/commands.ts'
import { ErrorBoundary } from './ui/ErrorBoundary.tsx'
import { usePage } from './ui/page-store.ts'
import { Toasts } from './ui/Toasts.tsx'
import { useAppearance } from './ui/use-appearance.ts'
import { useNotices } from './ui/use-notices.ts'
import { useRecoveryNotice } from './ui/use-recovery-notice.ts'
import { useShellCommands } from './ui/use-shell-commands.ts'
import { useDesktopCommands } from './panels/desktop/use-desktop-commands.ts'
import { useShellRequests } from './ui/use-shell-requests.ts'

const VIEWS: Readonly<Record<PageId, () => React.ReactNode>> = { trade: TradePage, ...LATER_PAGES }

/** The window: bars around one page. Old values stay while the engine is away; only before its first answer is there nothing to show. */
export function App() {
  const { t } = useTranslation()
  const page = usePage()
  const known = useSession().info !== undefined
  useAppearance()
  useShellCommands()
  useDesktopCommands()
  useShellRequests()
  useRecoveryNotice()
  useNotices()
  if (!known) return <ConnectionScreen />
  const View = VIEWS[page]
  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#page" onClick={skipToPage}>
        {t('skip')}
      </a>
      <TopBar />
      <Banner />
      <Rail />
      <main id="page" tabIndex={-1} className={styles['page']}>
        <ErrorBoundary key={page}>
          <View />
        </ErrorBoundary>
      </main>
      <StatusBar />
      <SearchHost />
      <ExportHost />
      <KeysHost />
      <TraceHost />
      <WelcomeHost />
      <Toasts />
    </div>
  )
}

function skipToPage(event: React.MouseEvent): void {
  event.preventDefault() // the address names the page, not a place in it
  document.getElementById('page')?.focus()
}
