import type { Fault } from '../../shared/faults.ts'
import type { GapReason, Instrument, Millis } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { isControl } from '../exchanges/exchange.ts'
import { createAccess } from './access.ts'
import { createBackfill, FILLABLE } from './backfill.ts'
import { runBackground } from './background.ts'
import { createBooks } from './books.ts'
import { every } from './clock.ts'
import { createControls } from './controls.ts'
import { createDecoders } from './decoders.ts'
import { createDirectory } from './directory.ts'
import { createDispatch } from './dispatch.ts'
import type { FeedParts } from './feed-parts.ts'
import { createGapLedger } from './gap-ledger.ts'
import type { Source } from './session.ts'
import { createMalformed } from './malformed.ts'
import { createMeters } from './meters.ts'
import { createOutlet } from './outlet.ts'
import { createRefusal } from './refusal.ts'
import { createRest } from './rest.ts'
import { createSilenceCheck } from './silence.ts'
import { createSilenceWatch } from './stale.ts'
import { createThrottle } from './throttle.ts'
import { viewHealth } from './venue-health.ts'
import type { VenueFeed } from './venue-feed.ts'
import { createVenueStatus } from './venue-status.ts'
import { createWatches } from './watches.ts'

const SWEEP: Millis = 250

/** The composition of one venue's parts. */
export function openVenueFeed(exchange: Exchange, known: readonly Instrument[], parts: FeedParts): VenueFeed {
  const { clock, limits, listener, random } = parts
  const { id: venue } = exchange
  const stop = new AbortController()
  const { signal } = stop

  const outlet = createOutlet(clock, listener.onEvents)
  const malformed = createMalformed()
  /** Of a socket that is dropped now. */
  let lossReason: GapReason = 'disconnected'
  const meters = createMeters(clock, exchange.wholeSeconds)
  const { skew } = meters
  const ledger = createGapLedger(
    (event) => outlet.emit(event),
    () => clock.now(),
    parts.gaps,
  )
  const silenceWatch = createSilenceWatch(clock, limits.silence)
  const directory = createDirectory(exchange, known)
  const resolveRest = (url: string) => parts.resolve('rest', url)
  const access = createAccess(exchange, { ...parts, signal, resolve: resolveRest })
  const refusal = createRefusal(exchange.rest.restAfter429, clock)
  const rest = createRest({
    exchange,
    get: parts.get,
    clock,
    signal,
    access,
    refusal,
    resolve: resolveRest,
    onMalformed: (error, body, at) => malformed.add(error.rule, error.message, body, at),
    onAnswer({ sentAt, receivedAt, date }) {
      if (date !== undefined) skew.answered(sentAt, receivedAt, date)
    },
  })

  const watches = createWatches({
    exchange,
    directory,
    ledger,
    silence: silenceWatch,
    clock,
    limits,
    random,
    dial: parts.dial,
    access,
    refusal,
    resolve: (url) => parts.resolve('ws', url),
    listener: {
      onFrame: (source, text, receivedAt) => throttle.push(source, text, receivedAt),
      onTooLarge: () => malformed.add('too-large', `A frame of more than ${limits.maxPayload} bytes.`, '', clock.now()),
      onRoundTrip: (length) => skew.roundTrip(length),
      onUp(link) {
        throttle.mark(() => {
          for (const { market } of link.plan.wants) silenceWatch.restart(market)
          status.update()
        })
      },
      onConfirmed(link) {
        if (throttle.paused) return
        // A venue acknowledges what it then does not send: only trades end their silence.
        for (const market of watches.of(link))
          if (!market.refused && ledger.reason(market.key) !== 'silent') dispatch.closeGap(market, clock.now())
      },
      onDown(link, fault, since) {
        status.onFailure(fault)
        const reason = lossReason
        // In order with the frames that came before it broke.
        throttle.mark(() => {
          if (since !== undefined) status.onBreak()
          for (const market of watches.of(link)) {
            if (!market.refused && ledger.reason(market.key) === undefined)
              ledger.open(market.key, reason, since ?? clock.now())
            books.onDown(market, link)
          }
          status.update()
        })
      },
    },
  })

  const backfill = createBackfill({
    exchange,
    rest,
    clock,
    signal,
    onFetched: (...answer) => dispatch.onBackfilled(...answer),
  })
  const books = createBooks({
    exchange,
    rest,
    clock,
    signal,
    markets: watches.markets,
    instrument: directory.instrument,
    emit: (event) => outlet.emit(event),
    onFault: (fault) => onFault(fault),
  })
  const dispatch = createDispatch({
    clock,
    markets: watches.markets,
    ledger,
    silence: silenceWatch,
    meters,
    isPaused: () => throttle.paused,
    isKnown: (native) => directory.key(native) !== undefined,
    emit: (event) => outlet.emit(event),
    onBook: (...message) => books.onMessage(...message),
    onLastPrice: listener.onLastPrice,
    onUnknownMarket: (native) =>
      malformed.add('unknown-market', `Market ${native} is not in the venue’s list.`, native, clock.now()),
    onGapClosed(market, since) {
      const reason = ledger.reason(market.key)
      if (reason === undefined) return
      // Polling ended up to a round before the stream began.
      const polled = reason === 'connecting' && clock.now() - since > limits.pollAfter
      if (polled || FILLABLE.includes(reason)) backfill.add(market.native, dispatch.venueTime(since))
    },
  })

  const onControl = createControls({ exchange, watches, books, access, onFault: (fault) => onFault(fault) })
  const throttle = createThrottle<Source>(createDecoders(exchange), clock, limits, random, {
    onMessage(source, message, receivedAt) {
      meters.onMessage(receivedAt)
      if (isControl(message)) onControl(source, message)
      else {
        status.onData(receivedAt)
        dispatch.onPushed(source, message, receivedAt)
      }
    },
    onMalformed(rule, message, frame, receivedAt) {
      malformed.add(rule, message, frame, receivedAt)
      if (rule === 'decoder')
        status.onFailure({
          code: 'decoder-failed',
          message: `${exchange.names.en}: a frame could not be read: ${message}`,
        })
    },
    onTurn: () => outlet.flush(),
    onReading(reading) {
      for (const link of watches.links)
        if (reading) link.resume()
        else link.pause()
    },
    onPaused(fault) {
      for (const market of watches.markets.values()) if (!market.refused) ledger.open(market.key, 'paused', clock.now())
      status.onPaused(fault)
    },
    onResumed: () => status.update(),
  })

  const status = createVenueStatus({
    exchange,
    clock,
    limits,
    watches,
    directory,
    access,
    refusal,
    onFault: (fault) => listener.onFault?.(venue, fault),
    isPaused: () => throttle.paused,
  })
  const silence = createSilenceCheck({
    exchange,
    clock,
    rest,
    signal,
    markets: watches.markets,
    watch: silenceWatch,
    dispatch,
    ledger,
    skew,
    onChange: () => status.update(),
  })

  const onFault = (fault: Fault) => status.onFailure(fault)
  runBackground({
    exchange,
    rest,
    clock,
    limits,
    random,
    signal,
    directory,
    away: () => (access?.needsKey ? [] : watches.away()),
    standIn: parts.standIn,
    onFault,
    onPolled(values) {
      status.onPolled()
      // The socket may have come back meanwhile: its tickers and books are newer.
      const wanted = values.filter(({ market, data }) => data.kind === 'trade' || watches.isAway(market))
      dispatch.onAsked(wanted, 'polled')
    },
    onTickers: (tickers) => listener.onAllTickers(venue, tickers),
    onMarkets(instruments) {
      directory.replace(instruments)
      listener.onInstruments(venue, instruments)
      watches.apply()
    },
  })
  const onKeys = () => {
    watches.apply()
    listener.onKeys?.(venue)
  }
  void access?.looked.then(() => signal.aborted || onKeys())
  const dialAnew = (reason: GapReason) => {
    lossReason = reason
    // Whatever was being asked about a silent subscription was asked about the old sockets.
    for (const market of watches.markets.values()) market.silent.clear()
    watches.reconnect()
    lossReason = 'disconnected'
  }
  // After the frames that already wait: when this thread stood still, nobody was silent.
  const endSweep = every(clock, SWEEP, () => {
    clock.soon(() => throttle.mark(() => !throttle.paused && silence.sweep()))
  })
  const endRetry = every(clock, limits.refusedEvery, () => watches.retryRefused())

  return {
    rest,
    get hasKeys() {
      return access?.hasKeys ?? true
    },
    setWatch: (chosen, extra) => watches.set(chosen, extra),
    watched: () => watches.keys(),
    reconnect(reason = 'disconnected') {
      if (!access) return dialAnew(reason)
      void access.renew().then(() => {
        if (signal.aborted) return
        onKeys()
        dialAnew(reason)
      })
    },
    health: () => viewHealth({ exchange, status, meters, ledger, malformed, watches, rest }),
    samples: () => malformed.samples(),
    watermark: () => meters.watermark.value(),
    leave() {
      throttle.drain() // what has arrived comes before the gap
      for (const key of watches.keys()) ledger.open(key, 'unwatched', clock.now())
    },
    close() {
      stop.abort()
      endSweep()
      endRetry()
      // What has arrived is read and handed on; nothing new comes in between.
      throttle.close()
      books.close()
      watches.close()
      outlet.flush()
    },
  }
}
