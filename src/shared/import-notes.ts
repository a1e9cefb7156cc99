/**
 * What is said of a kafka_config.yaml that was taken over from an older system: what became something else, what was left
 * and why. English here; the renderer has the Korean of the same keys.
 */

import { fillSentence } from './sentence.ts'

export const IMPORT_NOTES = {
  'no-brokers': 'bootstrap_servers is missing. localhost:9092, what the older program then used, was taken.',
  'bad-broker': '{{field}}: "{{value}}" is no address. A broker looks like host:port.',
  prefix: '{{field}} "{{value}}": the topic prefix is now "{{prefix}}".',
  'prefix-left': '{{field}} "{{value}}" was left: all topics begin with one prefix here.',
  acks: 'producer.acks "{{value}}" was left: Tapedeck always waits for all replicas, so that no acknowledged record is lost.',
  retries:
    'producer.retries {{value}} was left: a record waits on disk and is sent until the cluster takes it, however long that takes.',
  'batch-size':
    'producer.batch_size {{value}} was left: batches grow with the load. The number of records in a CSV batch is a setting of its own.',
  timeout: '{{field}} {{value}} was left: connections are watched and renewed by themselves.',
  'auto-commit':
    'consumer.enable_auto_commit true was turned round: offsets are committed after the records are stored. Committed by the clock, what was read and not yet stored is lost when the program ends.',
  'commit-interval': '{{field}} {{value}} was left: offsets are committed whenever records are stored.',
  'offset-reset': 'consumer.auto_offset_reset "{{value}}" was left: it must be earliest or latest. earliest was taken.',
  compression: 'producer.compression_type "{{value}}" was left: it must be none, gzip, snappy, lz4 or zstd.',
  security: '{{field}} "{{value}}" was left: it is not known.',
  password: '{{field}} was left: passwords are not kept in settings. Enter it in the password’s own field.',
  unknown: '{{field}} was left: Tapedeck has no such setting.',
} as const satisfies Readonly<Record<string, string>>

export type ImportNoteCode = keyof typeof IMPORT_NOTES

export interface ImportNote {
  readonly code: ImportNoteCode
  readonly values: Readonly<Record<string, string>>
}

/** A note as an English sentence. */
export function importNoteText({ code, values }: ImportNote): string {
  return fillSentence(IMPORT_NOTES[code], values)
}
