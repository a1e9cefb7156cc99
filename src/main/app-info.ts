import type { AppInfo } from '../shared/engine-view.ts'
import type { EngineOptions } from './engine-options.ts'

/** Who an engine is, as pages ask it. Its mode is the one of the moment. */
export function toAppInfo(
  { version, host, mode }: Pick<EngineOptions, 'version' | 'host' | 'mode'>,
  own: Pick<AppInfo, 'folder' | 'collector' | 'startedAt'>,
): AppInfo {
  return {
    version,
    host: host.kind,
    get mode() {
      return mode()
    },
    ...own,
    ...(host.restored ? { restoredAt: host.restored.at } : {}),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    languages: ['ko', 'en'],
  }
}
