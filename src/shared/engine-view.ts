/** The engine as a page sees it: who it is, how it and its sources do, what it has to say. */

import type { Fault } from './faults.ts'
import type { ItemFeedState } from './items-contract.ts'
import type { MalformedRule } from './malformed-rules.ts'
import type { InstrumentKey, Millis, VenueId } from './market.ts'
import type { Settings, SettingsSource } from './settings.ts'

export interface AppInfo {
  readonly version: string
  readonly host: 'electron' | 'headless'
  readonly mode: Mode
  readonly folder: string
  /** This data folder's uuid: marks every record it collects. */
  readonly collector: string
  readonly startedAt: Millis
  /** Of the last restore, or try of one: what a page has drawn before may not be so any more. */
  readonly restoredAt?: Millis
  readonly zone: string
  readonly languages: readonly string[]
}

export interface Mode {
  readonly mode: 'live' | 'demo'
  /** Why the demo runs: nobody answered on a first run, or it was asked for. */
  readonly reason?: 'unreachable' | 'asked'
  /** In the demo: the real venues that answered the last probe, and when it was and will be. */
  readonly probe?: {
    readonly answered: readonly VenueId[]
    readonly tried: readonly VenueId[]
    readonly lastAt?: Millis
    readonly nextAt?: Millis
  }
}

/** 'needs-key': nothing is asked until its keys are entered. */
export const VENUE_STATES = ['off', 'connecting', 'live', 'polled', 'silent', 'down', 'paused', 'needs-key'] as const

export interface VenueHealth {
  readonly venue: VenueId
  readonly state: (typeof VENUE_STATES)[number]
  /** State entered. */
  readonly since: Millis
  readonly fault?: Fault
  readonly attempt: number
  readonly nextAttemptAt?: Millis
  readonly lastDataAt?: Millis
  /** Counted since its feed was opened: what the venue said, and the trades among it. */
  readonly messages: number
  readonly trades: number
  readonly messagesPerSecond: number
  readonly tradesPerSecond: number
  /** Arrival minus venue time, of the last minute, skew not removed. */
  readonly delay?: { readonly p50: Millis; readonly p99: Millis }
  /** Estimated offset of the venue's clock against ours. */
  readonly skew?: Millis
  readonly reconnects: number
  readonly gaps: number
  /** Malformed frames by rule. */
  readonly malformed: Readonly<Partial<Record<MalformedRule, number>>>
  readonly markets: number
  /** Subscriptions silent against their rhythm, or refused, and order books that are asked for anew. */
  readonly troubled: readonly {
    readonly instrument: InstrumentKey
    readonly fault: Fault
    readonly since: Millis
    readonly nextAttemptAt?: Millis
  }[]
  /** Share of the tightest limit in use, 0 … 1. */
  readonly budget: number
  /** The source's limits that Tapedeck keeps to of its own accord, and how much of each is in use. */
  readonly limits: readonly LimitUse[]
  /** Host in use. */
  readonly endpoint?: string
  /** Of venues that carry few subscriptions: how many, of how many, and the markets that found no room and are polled. */
  readonly registrations?: { readonly used: number; readonly most: number; readonly polled: number }
}

/** One limit of a source: at most `count` in any window of `per`. What has no room waits. */
export interface LimitUse {
  /** REST calls by weight, connections dialled, frames sent on one connection (the fullest). */
  readonly of: 'calls' | 'connects' | 'frames'
  /** Which calls, where the source counts kinds of them apart. */
  readonly group?: string
  readonly used: number
  readonly count: number
  readonly per: Millis
  /** The source asked for silence (Retry-After, a ban): nothing more for so long. */
  readonly heldFor?: Millis
}

/** This machine's clock against those of the sources, the median of all that can be told. */
export interface ClockCheck {
  /** Positive: ours is ahead. */
  readonly offset: Millis
  readonly sources: number
}

export interface Health {
  readonly at: Millis
  readonly mode: Mode
  readonly venues: readonly VenueHealth[]
  /** Absent while no source's time is known. */
  readonly clock?: ClockCheck
  readonly engine: {
    readonly startedAt: Millis
    readonly rss: number
    readonly messagesPerSecond: number
    readonly tradesPerSecond: number
    readonly delay?: { readonly p50: Millis; readonly p99: Millis }
    /** From a trade's arrival to the frame that takes it to a page, over the last minute. */
    readonly toHub?: { readonly p50: Millis; readonly p99: Millis }
    /** Longest stall of the engine's thread in the last second. */
    readonly stall: Millis
  }
  readonly journal: {
    readonly bytes: number
    readonly records: number
    readonly pending: number
    readonly dropped: number
    readonly fault?: Fault
  }
  readonly store: {
    readonly bytes: number
    readonly trades: number
    /** Journal records not yet stored. */
    readonly behind: number
    readonly fault?: Fault
  }
  readonly csv?: { readonly file: string; readonly written: number; readonly lastAt?: Millis; readonly fault?: Fault }
  readonly gapsToday: number
  readonly faults: readonly Fault[]
  /** Grows when the list of instruments changes. */
  readonly instrumentsRevision: number
}

export interface SettingsView {
  readonly settings: Settings
  /** Per top-level field. */
  readonly sources: Readonly<Partial<Record<keyof Settings, SettingsSource>>>
  /** The markets on the watch list as it now is: the chosen ones, or the default of each enabled venue. */
  readonly watchlist: readonly InstrumentKey[]
  /** A field of the file that is not valid and was replaced by its default. */
  readonly problems: readonly { readonly field: string; readonly message: string }[]
}

export interface MalformedSample {
  readonly at: Millis
  readonly rule: MalformedRule
  readonly message: string
  /** The frame, cut at 2,000 characters. */
  readonly frame: string
}

export interface LogLine {
  readonly at: Millis
  readonly level: 'info' | 'warn' | 'error'
  readonly text: string
}

/** Something that happened once and that the user should hear of once. */
export interface Notice {
  readonly kind: 'woke'
  readonly at: Millis
  /** The machine slept from `since` until `at`. Connections were made anew and the gap is being filled. */
  readonly since: Millis
}

/** What a helper needs to know of this engine. Secrets, names of people and market data are not in it. */
export interface DiagnosticsReport {
  readonly at: Millis
  readonly version: string
  readonly host: AppInfo['host']
  readonly mode: Mode
  readonly system: {
    readonly platform: string
    readonly release: string
    readonly arch: string
    readonly node: string
    readonly processors: number
    readonly memory: number
  }
  readonly folder: string
  readonly startedAt: Millis
  readonly settings: Settings
  readonly sources: SettingsView['sources']
  readonly problems: SettingsView['problems']
  readonly health: Health
  /** How the feeds of news and sentiment stand. */
  readonly feeds: readonly ItemFeedState[]
  readonly log: readonly LogLine[]
  /** Frames that could not be read. */
  readonly malformed: Readonly<Partial<Record<VenueId, readonly MalformedSample[]>>>
}
