import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { FaultError } from '../../../../shared/faults.ts'
import type { Instrument, VenueId } from '../../../../shared/market.ts'
import { createSearch } from '../../../../shared/search.ts'
import { exchanges } from '../../../exchanges/registry.ts'
import { openVenueRest } from '../../../feed/venue-rest.ts'
import { openNetwork } from '../../../feed/network.ts'
import { openSettings } from '../../../settings-file.ts'
import { openReader } from '../../../store/open-reader.ts'
import { spawnEmulator } from '../../../emulator/spawn.ts'
import { defaultFolder } from '../../folders.ts'
import { VERSION } from '../../version.ts'
import { venueList } from '../arguments.ts'

interface MarketsOptions {
  readonly exchanges?: readonly VenueId[]
  readonly search?: string
  readonly demo?: boolean
  readonly data?: string
  readonly json?: boolean
}

/** `markets`: what the venues list, asked now; where one does not answer, what was stored of it. */
export function marketsCommand(): Command {
  return new Command('markets')
    .description('List the markets of the exchanges, one a line: key, native symbol, status, names.')
    .option('--exchanges <list>', 'only these exchanges, comma separated', venueList)
    .option('--search <text>', 'only what this finds: 비트코인, ㅂㅌㅋㅇ, btc, KRW-BTC')
    .option('--demo', 'the markets of the simulated exchanges')
    .option('--data <dir>', 'data folder whose stored list is used where an exchange does not answer')
    .option('--json', 'one JSON object a line')
    .action(async (options: MarketsOptions) => {
      const folder = options.data ? resolve(options.data) : defaultFolder()
      const found = await list(options, folder)
      const chosen = options.search ? createSearch(found).search(options.search, found.length) : found
      const text = chosen.map((each) => (options.json ? JSON.stringify(each) : toLine(each))).join('\n')
      process.stdout.write(text === '' ? '' : `${text}\n`)
      if (found.length === 0)
        throw new FaultError('not-found', 'No exchange answered and none is stored. Check the network, or add --demo.')
      process.exit(0)
    })
}

async function list(options: MarketsOptions, folder: string): Promise<readonly Instrument[]> {
  const { settings } = (await openSettings(folder)).state
  const emulator = options.demo ? await spawnEmulator({ rate: 1 }) : undefined
  const network = openNetwork({
    proxy: settings.proxy ?? undefined,
    caFile: settings.caFile ?? undefined,
    endpoints: emulator?.endpoints,
    version: VERSION,
  })
  try {
    const asked = exchanges.filter((each) => options.exchanges?.includes(each.id) ?? true)
    const lists = await Promise.all(
      asked.map(async (exchange) => {
        try {
          return await exchange.rest.markets(openVenueRest(exchange, network))
        } catch (error) {
          process.stderr.write(`tapedeck: ${exchange.id}: ${error instanceof Error ? error.message : String(error)}\n`)
          return options.demo ? [] : stored(folder, exchange.id)
        }
      }),
    )
    return lists.flat()
  } finally {
    network.close()
    await emulator?.close()
  }
}

async function stored(folder: string, venue: VenueId): Promise<readonly Instrument[]> {
  const marketFile = join(folder, 'market.db')
  if (!existsSync(marketFile)) return []
  const reader = await openReader({ marketFile })
  const all = await reader.instruments()
  await reader.close()
  return all.filter((each) => each.venue === venue)
}

function toLine(each: Instrument): string {
  const status = each.warning ? `${each.status} ${each.warning}` : each.status
  return [each.key, each.native, status, each.names.ko ?? '', each.names.en ?? ''].join('\t')
}
