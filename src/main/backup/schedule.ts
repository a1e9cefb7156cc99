import type { BackupSettings } from '../../shared/backup-settings.ts'
import type { Millis } from '../../shared/market.ts'
import { DAY, HOUR } from '../../shared/market.ts'
import type { Settings } from '../../shared/settings.ts'

type Zone = Settings['zone']

/**
 * When the next backup is due, after a last good one was begun at `last`. In the past where one was missed, because
 * Tapedeck did not run or the last try failed: it is due now. Undefined where there is no schedule.
 */
export function dueAt(
  { schedule, hour, everyHours }: BackupSettings,
  zone: Zone,
  last: Millis | undefined,
  now: Millis,
): Millis | undefined {
  if (schedule === 'off') return undefined
  if (schedule === 'hours') return last === undefined ? now : last + everyHours * HOUR
  const latest = slotOf(now, 0, hour, zone)
  return last === undefined || last < latest ? latest : slotOf(now, 1, hour, zone)
}

/** The newest instant not after `now` at which a clock of the zone shows that hour; with `later`, so many days later. */
function slotOf(now: Millis, later: number, hour: number, zone: Zone): Millis {
  if (zone === 'local') {
    // By the calendar: where the clock is put forward or back, a day is not 24 hours.
    const date = new Date(now)
    date.setHours(hour, 0, 0, 0)
    date.setDate(date.getDate() + later - (date.getTime() > now ? 1 : 0))
    return date.getTime()
  }
  const offset = zone === 'KST' ? 9 * HOUR : 0
  const midnight = now + offset - ((now + offset) % DAY)
  const slot = midnight + hour * HOUR - offset
  return slot + (later - (slot > now ? 1 : 0)) * DAY
}
