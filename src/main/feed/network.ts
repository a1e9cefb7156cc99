import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { FaultError } from '../../shared/faults.ts'
import type { VenueId } from '../../shared/market.ts'
import { PROXY_PATTERN } from '../../shared/settings.ts'

/** Whose addresses: a venue's, or those of the news feeds, which are many hosts. */
export type EndpointOwner = VenueId | 'news'

/** Other bases for a venue's addresses: an emulator on loopback. Path and query stay the venue's; of news, the host too. */
export type Endpoints = Readonly<Partial<Record<EndpointOwner, { readonly ws: string; readonly rest: string }>>>

export interface NetworkSettings {
  readonly proxy?: string | null | undefined
  /** PEM file with certificate authorities to trust beside the system's. */
  readonly caFile?: string | null | undefined
  readonly endpoints?: Endpoints | undefined
  /** Tapedeck's version, for the user agent. */
  readonly version?: string | undefined
}

/** How this machine reaches the venues: proxy, trusted certificates, addresses. */
export interface Network {
  readonly proxied: boolean
  readonly userAgent: string
  /** Trusted authorities, where not the system's alone. */
  readonly ca: readonly string[] | undefined
  agent(url: URL): HttpAgent
  /** Where an address really leads. */
  resolve(owner: EndpointOwner, kind: 'ws' | 'rest', url: string): string
  close(): void
}

const MAX_SOCKETS = 8

/** Throws FaultError 'bad-setting' naming the field that cannot be used. */
export function openNetwork(settings: NetworkSettings): Network {
  const ca = settings.caFile ? [...rootCertificates, ...readAuthorities(settings.caFile)] : undefined
  const trust = ca === undefined ? {} : { ca }
  const proxy = settings.proxy ? proxyAgent(settings.proxy, trust) : undefined
  const plain = proxy ?? new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS })
  const secure = proxy ?? new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...trust })
  return {
    proxied: proxy !== undefined,
    userAgent: `Tapedeck/${settings.version ?? '0'}`,
    ca,
    agent: (url) => (url.protocol === 'https:' || url.protocol === 'wss:' ? secure : plain),
    resolve(owner, kind, url) {
      const base = settings.endpoints?.[owner]?.[kind]
      if (base === undefined) return url
      return rebase(url, owner === 'news' ? `${base}/${new URL(url).host}` : base)
    },
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

/** The same path and query on another base: 'wss://api.upbit.com/websocket/v1' on 'ws://127.0.0.1:4000/upbit'. */
export function rebase(url: string, base: string): string {
  const { pathname, search } = new URL(url)
  return base.replace(/\/$/, '') + (pathname === '/' ? '' : pathname) + search
}

function proxyAgent(proxy: string, trust: { ca?: string[] }): HttpAgent {
  if (!PROXY_PATTERN.test(proxy) || !URL.canParse(proxy))
    throw new FaultError('bad-setting', 'proxy: must look like http://host:port or socks5://host:port.')
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS }
  return proxy.startsWith('socks')
    ? new SocksProxyAgent(proxy, options)
    : new HttpsProxyAgent(proxy, { ...options, ...trust })
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

function readAuthorities(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new FaultError('bad-setting', `caFile: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  const found = text.match(PEM) ?? []
  try {
    for (const certificate of found) void new X509Certificate(certificate)
  } catch {
    throw new FaultError('bad-setting', `caFile: ${file} holds a certificate that cannot be read. It must be PEM text.`)
  }
  if (found.length === 0)
    throw new FaultError(
      'bad-setting',
      `caFile: ${file} holds no certificate. It must be PEM text (BEGIN CERTIFICATE).`,
    )
  return [...found]
}
