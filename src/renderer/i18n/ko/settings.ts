import type { settings as en } from '../en/settings.ts'
import type { Shape } from '../shape.ts'

export const settings: Shape<typeof en> = {}
