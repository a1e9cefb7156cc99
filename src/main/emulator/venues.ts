/** The venues that are emulated. Another one is a folder and a line here. */

import { binance } from './binance/binance.ts'
import { bithumb } from './bithumb/bithumb.ts'
import { bybit } from './bybit/bybit.ts'
import { coinbase } from './coinbase/coinbase.ts'
import { coinone } from './coinone/coinone.ts'
import { gateio } from './gateio/gateio.ts'
import { korbit } from './korbit/korbit.ts'
import { kraken } from './kraken/kraken.ts'
import { okx } from './okx/okx.ts'
import { upbit } from './upbit/upbit.ts'
import type { EmulatedVenue } from './venue.ts'

export const EMULATED: readonly EmulatedVenue[] = [
  upbit,
  bithumb,
  coinone,
  korbit,
  binance,
  okx,
  bybit,
  gateio,
  kraken,
  coinbase,
]
