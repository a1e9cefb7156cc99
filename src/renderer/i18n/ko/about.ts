import type { about as en } from '../en/about.ts'
import type { Shape } from '../shape.ts'

export const about: Shape<typeof en> = {}
