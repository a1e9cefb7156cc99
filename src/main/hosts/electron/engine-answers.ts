import type { EmulatorProcess } from './emulator-process.ts'
import type { EngineAsk } from './engine-messages.ts'
import type { SafeSecrets } from './secrets.ts'

/** Main's answers to what the engine asks of it. */
export function answerEngine(secrets: SafeSecrets, emulator: EmulatorProcess): (what: EngineAsk) => Promise<unknown> {
  return (what) => {
    switch (what.ask) {
      case 'secret.get':
        return secrets.get(what.name)
      case 'secret.set':
        return secrets.set(what.name, what.value)
      case 'emulator.start':
        return emulator.start(what.args)
      case 'emulator.ended':
        return emulator.ended()
      case 'emulator.stop':
        return emulator.stop()
    }
  }
}
