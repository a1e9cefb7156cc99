import { isIP } from 'node:net'

/** Where a broker is reached. The host of an IPv6 address stands without brackets. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Reads 'host:port' or '[::1]:port', as the profile's schema allows them. */
export function toAddress(text: string): Address {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
}

export function toText({ host, port }: Address): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

export function isLiteral({ host }: Address): boolean {
  return isIP(host) !== 0
}

/** An address that means "this machine" to whoever hears it, and so a different one to each. */
export function isLoopback({ host }: Address): boolean {
  return /^(localhost(\..*)?|127\.[\d.]+|::1|0\.0\.0\.0|::)$/i.test(host)
}
