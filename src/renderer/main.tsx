import './trusted-schemas.ts'
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { followHealth } from './bridge/health-store.ts'
import { followCluster } from './bridge/kafka-store.ts'
import { session } from './bridge/session.ts'
import { followSettings } from './bridge/settings-store.ts'
import { languageOf, startI18n } from './i18n/index.ts'
import { followMarket } from './market/market.ts'
import { fetchPagesAhead } from './later-pages.tsx'
import { pane } from './pane.ts'
import { PanePage } from './panels/pane/PanePage.tsx'
import { applyAppearance, lastAppearance } from './ui/appearance.ts'

const last = lastAppearance()
if (last) applyAppearance(last)
startI18n(last?.language ?? languageOf(null))
followSettings()
followHealth()
followCluster()
followMarket()
session.start()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element "root".')
createRoot(root).render(<StrictMode>{pane ? <PanePage pane={pane} /> : <App />}</StrictMode>)
if (!pane) fetchPagesAhead()
