import { about } from './about.ts'
import { exporting } from './export.ts'
import { faults } from './faults.ts'
import { health } from './health.ts'
import { market } from './market.ts'
import { names } from './names.ts'
import { news } from './news.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'

export const en = { shell, names, faults, health, export: exporting, settings, about, market, news }
