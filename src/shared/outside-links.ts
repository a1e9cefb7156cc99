/** Longest address that is opened: what is longer carries something other than an address. */
const LONGEST = 2_000

/** Names that no public site has: they lead into the reader's own network or machine. */
const PRIVATE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|test|invalid|onion)$/

/**
 * Where a link of a stranger may lead outside Tapedeck: the https address of a public site at its usual port, and of http the
 * same over https. Undefined for all else: addresses of this machine and its network, numbers in place of names, names with
 * a password, other schemes.
 */
export function toOutsideLink(url: string): string | undefined {
  if (url.length > LONGEST || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  const { protocol, hostname, port, username, password } = parsed
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  if (port !== '' || username !== '' || password !== '') return undefined
  const host = hostname.replace(/\.$/, '')
  // A name's last part has a letter; that of an IPv4 address has none, and IPv6 stands in brackets.
  if (!/\.[a-z][a-z0-9-]*$/.test(host) || PRIVATE.test(host)) return undefined
  parsed.protocol = 'https:'
  return parsed.href
}
