import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { FaultError } from '../shared/faults.ts'
import type { Settings, SettingsSource } from '../shared/settings.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '../shared/settings.ts'
import { kisAccountOf } from './kis-account.ts'

type Field = keyof Settings
type Fields = Record<string, unknown>

/** Environment variables that override the file, and how their text becomes a value; `known` is the field without it. */
const ENVIRONMENT: Readonly<Record<string, { field: Field; value: (text: string, known: unknown) => unknown }>> = {
  TAPEDECK_LANGUAGE: { field: 'language', value: (text) => text },
  TAPEDECK_THEME: { field: 'theme', value: (text) => text },
  TAPEDECK_ZONE: { field: 'zone', value: (text) => text },
  TAPEDECK_PROXY: { field: 'proxy', value: (text) => text },
  TAPEDECK_CA_FILE: { field: 'caFile', value: (text) => text },
  TAPEDECK_WELCOMED: { field: 'welcomed', value: (text) => text === '1' },
  KIS_PAPER_TRADING: {
    field: 'feeds',
    value: (text, known) => ({ ...(known as Settings['feeds']), kis: kisAccountOf({ KIS_PAPER_TRADING: text }) }),
  },
  TAPEDECK_WATCHLIST: { field: 'watchlist', value: (text) => text.split(',').map((key) => key.trim()) },
}

export interface SettingsState {
  readonly settings: Settings
  readonly sources: Readonly<Partial<Record<Field, SettingsSource>>>
  readonly problems: readonly { readonly field: string; readonly message: string }[]
}

export interface SettingsFile {
  readonly state: SettingsState
  /** Merges a part into the file and saves it whole, or throws FaultError 'bad-setting' naming the field and changes nothing. */
  set(patch: Readonly<Record<string, unknown>>): Promise<SettingsState>
  onChange(listener: (state: SettingsState) => void): () => void
}

/**
 * The settings of a data folder: environment over file over default, the source of each kept. A field of the file that
 * is not valid falls back to its default and is reported, never dropped from the file; a file that is no JSON is kept
 * aside under a new name.
 */
export async function openSettings(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<SettingsFile> {
  const path = join(folder, 'settings.json')
  const problems: { field: string; message: string }[] = []
  let file: Fields = await readFields(path, problems)
  let state = resolve(file, environment, problems)
  const listeners = new Set<(state: SettingsState) => void>()
  let writing: Promise<unknown> = Promise.resolve()

  return {
    get state() {
      return state
    },
    set(patch) {
      const run = writing.then(async () => {
        const next = { ...file }
        for (const [field, value] of Object.entries(patch)) {
          if (!Object.hasOwn(DEFAULT_SETTINGS, field))
            throw new FaultError('bad-setting', `There is no setting "${field}".`)
          if (state.sources[field as Field] === 'environment')
            throw new FaultError(
              'bad-setting',
              `"${field}" is set by an environment variable. Unset it there to change it here.`,
            )
          next[field] =
            isFields(value) && isFields(state.settings[field as Field])
              ? { ...(state.settings[field as Field] as Fields), ...value }
              : value
        }
        const checked = settingsSchema.safeParse(next)
        if (!checked.success) {
          const issue = checked.error.issues.find((each) => Object.hasOwn(patch, String(each.path[0])))
          if (issue) throw new FaultError('bad-setting', `${issue.path.join('.')}: ${issue.message}.`)
        }
        await writeWhole(path, `${JSON.stringify(next, null, 2)}\n`)
        file = next
        state = resolve(file, environment, [])
        for (const listener of listeners) listener(state)
        return state
      })
      writing = run.catch(() => undefined)
      return run
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function readFields(path: string, problems: { field: string; message: string }[]): Promise<Fields> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return {}
  }
  try {
    const value: unknown = JSON.parse(text)
    if (isFields(value)) return value
    throw new Error('not an object')
  } catch {
    const aside = `${path}.unreadable-${Date.now()}`
    await rename(path, aside)
    problems.push({
      field: 'settings.json',
      message: `It was not readable as JSON, and is kept as ${aside}. Defaults are in use.`,
    })
    return {}
  }
}

/** Environment over file over default; what is not valid is reported and passed over. */
function resolve(
  file: Fields,
  environment: NodeJS.ProcessEnv,
  found: readonly { field: string; message: string }[],
): SettingsState {
  const problems = [...found]
  const sources: Partial<Record<Field, SettingsSource>> = {}
  const values: Fields = {}
  const take = (field: string, value: unknown, source: SettingsSource, name: string) => {
    const shape = Object.hasOwn(settingsSchema.shape, field) ? settingsSchema.shape[field as Field] : undefined
    const parsed = shape?.safeParse(value)
    if (parsed?.success) {
      values[field] = parsed.data
      sources[field as Field] = source
    } else {
      const issue = parsed?.error.issues[0]
      const where = [name, ...(issue?.path ?? [])].join('.')
      problems.push({
        field: where,
        message: issue ? `${issue.message}. The default is in use.` : 'There is no such setting.',
      })
    }
  }
  for (const [field, value] of Object.entries(file)) take(field, value, 'file', field)
  for (const [name, rule] of Object.entries(ENVIRONMENT)) {
    const text = environment[name]
    if (text === undefined || text === '') continue
    take(rule.field, rule.value(text, values[rule.field] ?? DEFAULT_SETTINGS[rule.field]), 'environment', name)
  }
  return { settings: { ...DEFAULT_SETTINGS, ...values }, sources, problems }
}

/** Replaces a file so that a crash leaves the old one or the new one, never half of either. Secrets aside, it is the user's own: mode 0600. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}
