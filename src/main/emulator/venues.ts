/** The venues that are emulated. Another one is a folder and a line here. */

import { binance } from './binance/binance.ts'
import { upbit } from './upbit/upbit.ts'
import type { EmulatedVenue } from './venue.ts'

export const EMULATED: readonly EmulatedVenue[] = [upbit, binance]
