import { readdirSync, readFileSync } from 'node:fs'

/** Processor time that a process has used so far, in milliseconds. */
export interface ProcessorTime {
  /** Of all its threads. */
  readonly all: number
  /** Of the one that holds sockets and decodes. */
  readonly main: number
  /** By thread: its number and name. */
  readonly threads: ReadonlyMap<string, number>
}

/** Linux counts in hundredths of a second. */
const TICK = 10

/** Reads it from /proc; elsewhere it throws one sentence. */
export function readProcessorTime(pid: number): ProcessorTime {
  if (process.platform !== 'linux') throw new Error('Processor time of another process is measured on Linux only.')
  const threads = new Map<string, number>()
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const { name, used } = readStat(`/proc/${pid}/task/${thread}/stat`)
    threads.set(`${thread} ${name}`, used)
  }
  return {
    // Of threads that have ended too.
    all: readStat(`/proc/${pid}/stat`).used,
    main: readStat(`/proc/${pid}/task/${pid}/stat`).used,
    threads,
  }
}

/** The most memory that a process ever held, in bytes. */
export function readPeakMemory(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

function readStat(file: string): { readonly name: string; readonly used: number } {
  const text = readFileSync(file, 'utf8')
  // The name stands in brackets and may hold spaces and brackets.
  const end = text.lastIndexOf(')')
  const fields = text.slice(end + 2).split(' ')
  return { name: text.slice(text.indexOf('(') + 1, end), used: (Number(fields[11]) + Number(fields[12])) * TICK }
}
