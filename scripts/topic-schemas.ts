/** Writes docs/topics/: a JSON Schema per topic and the table of topics, from src/shared/{topics,schemas}.ts. Run it after either changes. */

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { RECORD_EXAMPLES } from './record-examples.ts'
import { RECORD_SCHEMAS } from '../src/shared/schemas.ts'
import type { TopicId } from '../src/shared/topics.ts'
import { TOPICS } from '../src/shared/topics.ts'
import { HOUR } from '../src/shared/market.ts'
import { encodeEvent } from '../src/shared/wire.ts'

const FOLDER = fileURLToPath(new URL('../docs/topics/', import.meta.url))
const IDS = Object.keys(TOPICS) as TopicId[]

const TITLES: Readonly<Record<TopicId, string>> = {
  trades: 'Trades, with the gap and clock records that tell when they are complete',
  tickers: 'Tickers, at most one a second and market',
  books: 'The top 15 levels of order books, at most two a second and market',
  bars: '1 s bars',
  items: 'News and sentiment: items and values of indices',
}

/** What docs/topics/ holds, by file name. */
export function topicFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const id of IDS) files.set(schemaFile(id), toText(toSchema(id)))
  files.set('README.md', readme())
  return files
}

function schemaFile(id: TopicId): string {
  return `${TOPICS[id].name}.schema.json`
}

function toSchema(id: TopicId): object {
  const { $schema, ...schema } = z.toJSONSchema(RECORD_SCHEMAS[id], { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: schemaFile(id), title: TITLES[id], ...schema }
}

/** JSON as the formatter leaves it: short lists on one line. */
function toText(value: object): string {
  const text = JSON.stringify(value, undefined, 2)
  const folded = text.replaceAll(/^(.*)\[\n\s+([^[\]{}]*)\n\s+\](,?)$/gm, (list, head, items, comma) => {
    const line = `${head}[${items.replaceAll(/,\n\s+/g, ', ')}]${comma}`
    return line.length <= 120 ? line : list
  })
  return `${folded}\n`
}

/** A Markdown table whose columns line up. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`)
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n')
}

function readme(): string {
  const topics = table([
    ['topic', 'kinds of records', 'partitions', 'kept'],
    ...IDS.map((id) => {
      const { name, kinds, partitions, retention } = TOPICS[id]
      return [`[\`${name}\`](${schemaFile(id)})`, kinds.join(', '), String(partitions), `${retention / HOUR} h`]
    }),
  ])
  const examples = IDS.map((id) => {
    const lines = RECORD_EXAMPLES[id].map((event) => encodeEvent(event))
    return `### \`${TOPICS[id].name}\`\n\n${TITLES[id]}.\n\n\`\`\`jsonl\n${lines.join('\n')}\n\`\`\``
  })
  return `# Topics

Made by \`scripts/topic-schemas.ts\` from \`src/shared/topics.ts\` and \`src/shared/schemas.ts\`. Do not edit.

${topics}

The same records are in the journal and in Kafka. "Kept" is how long the journal keeps what no reader needs any more, and
the retention a Kafka topic is made with. In the demo every name begins with \`demo.\`.

- **Value**: one JSON object in UTF-8, of the schema that the topic's name links to. Numbers that mean prices or sizes are text, so
  that no reader rounds them. A value that the venue does not give is absent: never 0, -1 or null. Readers let
  fields pass that they do not know.
- **Key**: the value's \`instrument\`. One market is always in one partition, chosen as Kafka's default partitioner does
  (murmur2). Clock records are in every partition.
- **Record time**: the value's \`at\`.
- **Headers**: \`schema\`, the topic's name without \`demo.\`; \`collector\`, the uuid of the data folder that collected it;
  \`record\`, its place in that folder's journal, the same however often it is sent; \`received\`, \`journaled\` and \`sent\`, when
  it left the socket, was on disk and went out, in Unix milliseconds.
- **Order**: within a market by (\`at\`, place in the partition). A trade may come late, and after a restart a record may come again.
  A trade is named by (\`instrument\`, \`at\`, \`id\`), a gap by (\`instrument\`, \`since\`): a later record says when it ended,
  a bar by (\`instrument\`, \`interval\`, \`openAt\`, \`revision\`): the highest revision holds, an item by (\`feed\`, \`id\`).

## Examples

${examples.join('\n\n')}
`
}

if (import.meta.main) for (const [name, text] of topicFiles()) writeFileSync(FOLDER + name, text)
