/**
 * `npm run faults`: the statements about lost and doubled records, as they are written, against real brokers. Writes what it
 * found to docs/faults.md. `npm run faults -- A-26` runs one of them. Without arguments it takes about ten minutes.
 */

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import { murmur2 } from '../../src/shared/topics.ts'
import type { Verdict } from './history-checker.ts'
import type { Outcome } from './kafka-runs.ts'
import { killRun, leaderRun, outageRun } from './kafka-runs.ts'
import { checkRecords } from './kafka-records.ts'

/** What a statement asks for, what was found, and whether that will do. */
interface Finding {
  readonly what: string
  readonly found: string
  /** Absent: a figure, not a condition. */
  readonly holds?: boolean
}

interface Statement {
  readonly id: string
  readonly title: string
  run(): Promise<readonly Finding[]>
}

const RATE = 5_000
const AWAY_SECONDS = 60
const WARM_UP_SECONDS = 30
const LEADER_RATE = 2_000
const LEADER_KILLS = 6
const REPORT = new URL('../../docs/faults.md', import.meta.url)

const STATEMENTS: readonly Statement[] = [
  {
    id: 'A-26',
    title: `Kafka stopped for ${AWAY_SECONDS} s under ${RATE.toLocaleString('en')} trades/s`,
    async run() {
      const cluster = await openCluster({ nodes: 1 })
      try {
        const outcome = await outageRun(cluster, RATE, AWAY_SECONDS, WARM_UP_SECONDS)
        return [pressure(outcome, RATE), ...delivery(outcome), ...load(outcome), ...records(outcome)]
      } finally {
        await cluster.close()
      }
    },
  },
  {
    id: 'A-27',
    title: `The same, the app killed with SIGKILL after ${AWAY_SECONDS / 2} s and started again`,
    async run() {
      const cluster = await openCluster({ nodes: 1 })
      try {
        const outcome = await killRun(cluster, RATE, AWAY_SECONDS, WARM_UP_SECONDS)
        const { uncommitted, down, gaps } = outcome
        const covered = gaps.filter(({ since, until = 0 }) => since <= down.from && until > down.from).length
        return [
          pressure(outcome, RATE),
          ...delivery(outcome),
          {
            what: 'arrived and not yet committed, at most 50 ms',
            found: `99 % within ${uncommitted.p99} ms, all within ${uncommitted.most} ms`,
            holds: uncommitted.p99 <= 50,
          },
          {
            what: 'the down time is in the gap ledger',
            found: `${covered} of ${gaps.length} markets' gaps cover it`,
            holds: gaps.length > 0 && covered === gaps.length,
          },
        ]
      } finally {
        await cluster.close()
      }
    },
  },
  {
    id: 'A-29',
    title: 'The partition of a key is the one of Java’s murmur2',
    async run() {
      const lines = readFileSync(new URL('../../src/shared/fixtures/murmur2.txt', import.meta.url), 'utf8')
        .trimEnd()
        .split('\n')
      const equal = lines.filter((line) => {
        const space = line.indexOf(' ')
        return murmur2(line.slice(space + 1)) === Number(line.slice(0, space))
      }).length
      return [
        { what: '1,000 keys hash as in Java', found: `${equal} of ${lines.length}`, holds: equal === lines.length },
      ]
    },
  },
  {
    id: 'A-30',
    title: `Three brokers, the leader killed with SIGKILL ${LEADER_KILLS} times under ${LEADER_RATE.toLocaleString('en')} trades/s`,
    async run() {
      const cluster = await openCluster({ nodes: 3 })
      try {
        const outcome = await leaderRun(cluster, LEADER_RATE, LEADER_KILLS)
        return [pressure(outcome, LEADER_RATE), ...delivery(outcome)]
      } finally {
        await cluster.close()
      }
    },
  },
]

/** The emulator's rhythm swings around its rate. */
const SWING = 0.95

function pressure({ rate }: Outcome, asked: number): Finding {
  return {
    what: `about ${count(asked)} trades a second arrive meanwhile`,
    found: `${count(rate)} a second`,
    holds: rate >= asked * SWING,
  }
}

function delivery({ topic, emulator, store }: Outcome): Finding[] {
  const repeats = topic.doubled === 0 ? 'none repeated' : `${topic.doubled} repeated, known by their header`
  return [
    {
      what: 'every record of the journal is in the topic, in order per key',
      found: `${count(topic.expected)} records: ${counts(topic)}, ${repeats}`,
      holds: topic.lost + topic.reordered + topic.invented === 0,
    },
    {
      what: 'every trade that the exchanges sent is in the topic',
      found: `${count(emulator.expected)} trades: ${emulator.lost} lost`,
      holds: emulator.lost === 0,
    },
    {
      what: 'the store holds each of them once',
      found: `${count(store.delivered)} trades: ${store.lost} lost, ${store.doubled} doubled`,
      holds: store.lost + store.doubled + store.invented === 0,
    },
  ]
}

function load({ outbox, drained, growth, stall, dropped }: Outcome): Finding[] {
  return [
    {
      what: 'drained in under 60 s',
      found: `${count(outbox)} records in ${(drained / 1_000).toFixed(1)} s`,
      holds: drained < 60_000,
    },
    { what: 'memory growth under 150 MB', found: `${Math.round(growth / 1e6)} MB`, holds: growth < 150e6 },
    { what: 'longest stall of the engine’s thread', found: `${Math.round(stall)} ms` },
    { what: 'dropped by the journal', found: count(dropped), holds: dropped === 0 },
  ]
}

function records(outcome: Outcome): Finding[] {
  const { checked, misplaced, altered, mistimed, unlabelled } = checkRecords(outcome)
  return [
    {
      what: 'A-29, A-31: partition by key, the journal’s own line, exchange time, headers and hop times',
      found: `${count(checked)} records: ${misplaced} misplaced, ${altered} altered, ${mistimed} mistimed, ${unlabelled} unlabelled`,
      holds: misplaced + altered + mistimed + unlabelled === 0,
    },
  ]
}

function counts({ lost, reordered, invented }: Verdict): string {
  return `${lost} lost, ${reordered} out of order, ${invented} invented`
}

function count(value: number): string {
  return value.toLocaleString('en')
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((id) => !STATEMENTS.some((statement) => statement.id === id))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${STATEMENTS.map(({ id }) => id).join(', ')}.`)
  process.exit(2)
}
const report: string[] = []
let failed = 0
for (const { id, title, run } of STATEMENTS.filter(({ id }) => chosen.length === 0 || chosen.includes(id))) {
  console.error(`${id} ${title}…`)
  const findings = await run()
  failed += findings.filter(({ holds }) => holds === false).length
  report.push(`\n## ${id} ${title}\n`, '| asked | found | |', '|---|---|---|')
  for (const { what, found, holds } of findings) {
    const row = `| ${what} | ${found} | ${holds === undefined ? 'measured' : holds ? 'holds' : 'FAILS'} |`
    report.push(row)
    console.log(row)
  }
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
// A part of the statements is no report.
if (chosen.length === 0)
  writeFileSync(
    REPORT,
    `# Faults\n\nWhat \`npm run faults\` found: real brokers, a real journal in a process of its own, the emulated exchanges as the source,\nall on one machine.\n\n${new Date().toISOString()} · ${commit} · ${machine}\n${report.join('\n')}\n`,
  )
process.exit(failed === 0 ? 0 : 1)
