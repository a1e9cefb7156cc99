import { arch, cpus, homedir, platform, release, totalmem, userInfo } from 'node:os'
import type { AppInfo, DiagnosticsReport, Health, MalformedSample, SettingsView } from '../shared/engine-view.ts'
import type { ItemFeedState } from '../shared/items-contract.ts'
import type { VenueId } from '../shared/market.ts'
import type { Log } from './log.ts'
import type { Redactor } from './secrets/redactor.ts'

/** So many of the newest lines. */
const LINES = 500
const MARK = '•••'

export interface DiagnosticsParts {
  readonly info: AppInfo
  readonly health: () => Health
  readonly feeds: () => readonly ItemFeedState[]
  readonly samples: (venue: VenueId) => readonly MalformedSample[]
  readonly log: Pick<Log, 'recent'>
  /** Knows every secret of this run. */
  readonly redactor: Redactor
  readonly person?: Person
}

/** Whose machine it is: taken out wherever it stands. */
export interface Person {
  readonly home: string
  readonly name: string
}

/** Makes the report: everything passes the redactor, then loses what names the person and what addresses carry. */
export function createDiagnostics(parts: DiagnosticsParts): (view: SettingsView) => DiagnosticsReport {
  const person = parts.person ?? { home: homedir(), name: userInfo().username }
  return ({ settings, sources, problems }) => {
    const { info, redactor } = parts
    const health = parts.health()
    const malformed = Object.fromEntries(
      health.venues
        .map(({ venue }) => [venue, parts.samples(venue)] as const)
        .filter(([, samples]) => samples.length > 0),
    )
    const report: DiagnosticsReport = {
      at: Date.now(),
      version: info.version,
      host: info.host,
      mode: info.mode,
      system: {
        platform: platform(),
        release: release(),
        arch: arch(),
        node: process.versions.node,
        processors: cpus().length,
        memory: totalmem(),
      },
      folder: info.folder,
      startedAt: info.startedAt,
      settings,
      sources,
      problems,
      health,
      feeds: parts.feeds(),
      log: parts.log.recent().slice(-LINES),
      malformed,
    }
    return withoutPerson(redactor.value(report), person)
  }
}

/** The home folder becomes '~', an address loses the name and password before its host. */
export function withoutPerson<T>(value: T, { home, name }: Person): T {
  const clean = (text: string) =>
    text
      .replaceAll(home, '~')
      .replace(/(\/(?:home|Users)\/|\\Users\\)[^\s/\\"]+/g, `$1${MARK}`)
      .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${MARK}@`)
      .replace(wordPattern(name), MARK)
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? clean(each) : each,
  ) as T
}

/** A short name such as 'me' or 'root' is a part of too many words and paths to be taken out of them. */
function wordPattern(name: string): RegExp {
  if (name.length < 5) return /(?!)/
  return new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu')
}
