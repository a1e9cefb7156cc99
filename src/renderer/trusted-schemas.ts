/** Imported first by main.tsx: compiled schemas would need `eval`, which the page's content policy refuses. */

import { z } from 'zod'

z.config({ jitless: true })
