/** The few globals that every host of `shared` has (Node, browser, Electron), named here so that neither DOM nor Node types are needed. */

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(bytes?: Uint8Array): string
}

declare function setTimeout(callback: () => void, delay: number): unknown
declare function clearTimeout(handle: unknown): void
declare const performance: { now(): number }

declare class URL {
  constructor(url: string)
  static canParse(url: string): boolean
  readonly hostname: string
  readonly href: string
  readonly password: string
  readonly port: string
  protocol: string
  readonly username: string
}
