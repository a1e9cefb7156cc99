/** Every call that the app makes to Electron, in order: contract tests compare it whole. */

export interface Call {
  /** 'Tray.setToolTip', 'app.quit', 'new BrowserWindow'. */
  readonly api: string
  /** As plain data; what has none is named in brackets. */
  readonly args: readonly unknown[]
}

export const calls: Call[] = []

export function record(api: string, args: readonly unknown[]): void {
  calls.push({ api, args: args.map((each) => plain(each, 0)) })
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'function') return '[function]'
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 6) return '[deep]'
  if (Array.isArray(value)) return value.map((each) => plain(each, depth + 1))
  const named = value.constructor?.name ?? 'Object'
  if (named !== 'Object') return `[${named}]`
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each, depth + 1)]))
}

type Methods = Record<string, unknown>

/** The same object, telling every call of its own methods. */
export function recorded<T extends object>(name: string, target: T): T {
  tellMethods(name, target as Methods, Object.getOwnPropertyNames(target))
  return target
}

/** The same class, telling every call of its instances' methods. */
export function recordedClass<T extends { readonly prototype: object }>(name: string, type: T): T {
  tellMethods(name, type.prototype as Methods, Object.getOwnPropertyNames(type.prototype))
  return type
}

function tellMethods(name: string, target: Methods, members: readonly string[]): void {
  for (const member of members) {
    const descriptor = Object.getOwnPropertyDescriptor(target, member)
    const method: unknown = descriptor?.value
    if (member === 'constructor' || typeof method !== 'function' || !descriptor?.writable) continue
    target[member] = function telling(this: unknown, ...args: unknown[]): unknown {
      record(`${name}.${member}`, args)
      return method.apply(this, args) as unknown
    }
  }
}
