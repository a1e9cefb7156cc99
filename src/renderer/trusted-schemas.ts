/** In the part of the page that brings zod, so that it runs before any schema is made: compiled schemas would need `eval`, which the page's content policy refuses. */

import { z } from 'zod'

z.config({ jitless: true })
