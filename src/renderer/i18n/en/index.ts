import { about } from './about.ts'
import { backup } from './backup.ts'
import { desktop } from './desktop.ts'
import { doctor } from './doctor.ts'
import { exporting } from './export.ts'
import { faults } from './faults.ts'
import { health } from './health.ts'
import { kafka } from './kafka.ts'
import { market } from './market.ts'
import { names } from './names.ts'
import { news } from './news.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { trace } from './trace.ts'
import { welcome } from './welcome.ts'

export const en = {
  shell,
  names,
  faults,
  health,
  export: exporting,
  settings,
  backup,
  about,
  market,
  news,
  kafka,
  doctor,
  trace,
  desktop,
  welcome,
}
