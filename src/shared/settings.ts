/** The settings: one schema with defaults. Where a value comes from (environment, file, default) is shown beside it. */

import { z } from 'zod'
import { backupSettingsSchema } from './backup-settings.ts'
import { DEFAULT_DESKTOP, desktopSettingsSchema } from './desktop-settings.ts'
import { MOST_INDICATORS, chosenIndicatorSchema } from './indicators/catalog.ts'
import { newsSettingsSchema } from './items-settings.ts'
import { DEFAULT_KAFKA, kafkaSettingsSchema } from './kafka-settings.ts'
import { VENUES } from './market.ts'

const GB = 1_000_000_000
const key = z.string().regex(/^[a-z0-9]+:.+$/, 'must be a market key such as "upbit:BTC/KRW"')

/** What a proxy address may look like. */
export const PROXY_PATTERN = /^(https?|socks4|socks4a|socks5|socks5h):\/\/[^\s/]+\/?$/

export const settingsSchema = z.strictObject({
  language: z.enum(['ko', 'en']).nullable().default(null).describe('null: the system’s'),
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  up: z.enum(['red', 'green']).nullable().default(null).describe('null: red in Korean, green in English'),
  density: z.enum(['dense', 'comfortable']).default('dense'),
  contrast: z.enum(['normal', 'high']).default('normal'),
  zone: z.enum(['KST', 'UTC', 'local']).default('KST'),
  krwUnits: z.enum(['plain', 'man-eok']).nullable().default(null).describe('null: 만/억 in Korean'),
  venues: z.partialRecord(z.enum(VENUES), z.boolean()).default({}).describe('absent: on'),
  /** By which of its public feeds a venue is read that has several. */
  feeds: z
    .strictObject({
      coinbase: z.enum(['exchange', 'advanced']).default('exchange'),
      kis: z.enum(['live', 'paper']).default('live'),
    })
    .default({ coinbase: 'exchange', kis: 'live' }),
  /** The markets on the watch list, in order. null: BTC, ETH, XRP and SOL on each enabled venue. */
  watchlist: z.array(key).max(500, 'holds at most 500 markets').nullable().default(null),
  chart: z
    .strictObject({ instrument: key.nullable().default(null), interval: z.number().int().positive().default(60_000) })
    .default({ instrument: null, interval: 60_000 }),
  /** Drawn on every chart, in order. */
  indicators: z
    .array(chosenIndicatorSchema)
    .max(MOST_INDICATORS, `holds at most ${MOST_INDICATORS} indicators`)
    .default([]),
  proxy: z
    .string()
    .regex(PROXY_PATTERN, 'must look like http://host:port or socks5://host:port')
    .nullable()
    .default(null),
  /** PEM file with certificate authorities to trust beside the system's. */
  caFile: z.string().min(1).nullable().default(null),
  caps: z
    .strictObject({
      journalBytes: z
        .number()
        .int()
        .min(50_000_000, 'must be at least 50 MB')
        .default(2 * GB),
      storeBytes: z
        .number()
        .int()
        .min(50_000_000, 'must be at least 50 MB')
        .default(20 * GB),
      tradeDays: z.number().int().min(1).max(3650).default(30),
      secondDays: z.number().int().min(1).max(3650).default(365),
      /** At least as long as feeds repeat themselves: what is forgotten would be told again. */
      itemDays: z.number().int().min(31, 'must be at least 31 days').max(3650).default(180),
    })
    .default({ journalBytes: 2 * GB, storeBytes: 20 * GB, tradeDays: 30, secondDays: 365, itemDays: 180 }),
  backup: backupSettingsSchema,
  /** News and sentiment: which feeds are asked, and the addresses of the RSS feed. */
  news: newsSettingsSchema,
  kafka: kafkaSettingsSchema.default(DEFAULT_KAFKA),
  /** The welcome has been seen, or skipped. */
  welcomed: z.boolean().default(false),
  desktop: desktopSettingsSchema.default(DEFAULT_DESKTOP),
  /** The CSV batch sink: so many records a batch, a batch each so many seconds, appended to one file in `folder`. */
  csv: z
    .strictObject({
      on: z.boolean().default(false),
      folder: z.string().min(1).nullable().default(null).describe('null: outputs/ in the data folder'),
      market: key.default('binance:BTC/USDT'),
      ticker: z.string().min(1).max(40).default('BTC-USD').describe('name written in the ticker column'),
      batch: z.number().int().min(1).max(10_000).default(10),
      everySeconds: z.number().int().min(1).max(3600).default(10),
    })
    .default({ on: false, folder: null, market: 'binance:BTC/USDT', ticker: 'BTC-USD', batch: 10, everySeconds: 10 }),
})

export type Settings = z.infer<typeof settingsSchema>

export type SettingsSource = 'environment' | 'file' | 'default'

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})
