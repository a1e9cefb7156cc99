/**
 * Who may import whom. The first row whose folder holds a file decides; what it may import is listed by folder (below src/),
 * by package, or by 'node:*'. Everything may import its own folder.
 */
export interface ImportRule {
  readonly folder: string
  readonly may: readonly string[]
}

export const IMPORT_RULES: readonly ImportRule[] = [
  { folder: 'src/shared', may: ['zod'] },
  { folder: 'src/main/exchanges', may: ['src/shared'] },
  // The order-book fold reads what a venue says of its books, and nothing else of the venues.
  { folder: 'src/main/pipeline', may: ['src/shared', 'src/main/exchanges/exchange.ts'] },
  {
    folder: 'src/main/feed',
    may: [
      'src/shared',
      'src/main/exchanges',
      'src/main/pipeline/book.ts',
      'node:*',
      'ws',
      'https-proxy-agent',
      'socks-proxy-agent',
    ],
  },
  { folder: 'src/main/emulator', may: ['src/shared', 'src/main/exchanges', 'node:*', 'ws'] },
  {
    folder: 'src/main/items',
    may: ['src/shared', 'src/main/feed', 'src/main/secrets/secret-store.ts', 'zod', '@rgrove/parse-xml'],
  },
  { folder: 'src/main/journal', may: ['src/shared', 'node:*', 'better-sqlite3'] },
  { folder: 'src/main/store', may: ['src/shared', 'src/main/journal', 'node:*', 'better-sqlite3'] },
  { folder: 'src/main/metrics', may: ['src/shared'] },
  {
    folder: 'src/main/backup',
    may: [
      'src/shared',
      'src/main/journal',
      'src/main/store',
      'src/main/settings-file.ts',
      'src/main/host-port.ts',
      'src/main/latest.ts',
      'src/main/log.ts',
      'node:*',
      'zod',
      'better-sqlite3',
    ],
  },
  { folder: 'src/main/updates', may: ['src/shared', 'node:*', 'zod'] },
  { folder: 'src/main/secrets', may: ['src/shared', 'src/main/bus/bus.ts', 'src/main/log.ts', 'node:*', 'zod'] },
  // The one place that knows kafkajs.
  {
    folder: 'src/main/bus/kafka',
    may: [
      'src/shared',
      'src/main/bus',
      'src/main/secrets',
      'src/main/log.ts',
      'node:*',
      'kafkajs',
      '@platformatic/wasm-utils',
    ],
  },
  { folder: 'src/main/bus', may: ['src/shared', 'node:*'] },
  {
    folder: 'src/main/forward',
    may: [
      'src/shared',
      'src/main/bus/bus.ts',
      'src/main/bus/wire.ts',
      'src/main/journal',
      'src/main/pipeline',
      'src/main/log.ts',
      'node:*',
    ],
  },
  {
    folder: 'src/main/consume',
    may: [
      'src/shared',
      'src/main/bus/bus.ts',
      'src/main/bus/wire.ts',
      'src/main/journal',
      'src/main/store',
      'src/main/pipeline',
      'src/main/log.ts',
      'node:*',
    ],
  },
  {
    folder: 'src/main/monitor',
    may: [
      'src/shared',
      'src/main/bus/bus.ts',
      'src/main/bus/wire.ts',
      'src/main/journal/sqlite',
      'src/main/log.ts',
      'node:*',
      'zod',
      'better-sqlite3',
    ],
  },
  { folder: 'src/main/doctor', may: ['src/shared', 'src/main/bus', 'src/main/secrets', 'node:*'] },
  { folder: 'src/main/hosts/electron/preload', may: ['electron'] },
  { folder: 'src/main/hosts/electron', may: ['src/shared', 'src/main', 'node:*', 'electron', 'zod'] },
  {
    folder: 'src/main/hosts/headless',
    may: ['src/shared', 'src/main', 'node:*', 'fastify', '@fastify/static', '@fastify/websocket', 'ws', 'commander'],
  },
  { folder: 'src/main/hosts', may: ['src/shared', 'src/main', 'node:*'] },
  {
    folder: 'src/main/kafka',
    may: [
      'src/shared',
      'src/main/bus',
      'src/main/forward',
      'src/main/consume',
      'src/main/monitor',
      'src/main/doctor',
      'src/main/secrets',
      'src/main/journal',
      'src/main/store',
      'src/main/log.ts',
      'src/main/latest.ts',
      'src/main/settings-file.ts',
      'node:*',
      'yaml',
    ],
  },
  // The engine itself: parts by their ports, no host, no driver of its own.
  {
    folder: 'src/main',
    may: [
      'src/shared',
      'src/main/exchanges',
      'src/main/pipeline',
      'src/main/feed',
      'src/main/items',
      'src/main/journal',
      'src/main/store',
      'src/main/roles',
      'src/main/backup',
      'src/main/kafka',
      'src/main/metrics',
      'src/main/secrets',
      'node:*',
    ],
  },
  {
    folder: 'src/renderer',
    may: [
      'src/shared',
      'zod',
      'react',
      'react-dom',
      'zustand',
      'i18next',
      'react-i18next',
      'lightweight-charts',
      'lucide-react',
      '@tanstack/react-virtual',
    ],
  },
]
