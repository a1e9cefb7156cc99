/**
 * Takes secrets out of text by their value, in whatever form they travel: as they are, in JSON, in an address, in base64
 * (also inside a longer text that was encoded, as in a Basic header), in hex. For all that leaves the process: log lines,
 * faults, reports, exports.
 */
export interface Redactor {
  /** Secrets known from now on; what is empty or absent is passed over. */
  add(...secrets: readonly (string | undefined)[]): void
  text(text: string): string
  /** The same value with every text in it redacted, keys too. */
  value<T>(value: T): T
}

const MARK = '•••'
/** Shorter ones are taken out only where they stand alone: their letters are everywhere. */
const SHORT = 4

export function createRedactor(...secrets: readonly (string | undefined)[]): Redactor {
  const known = new Set<string>()
  let pattern: RegExp | undefined
  const redactor: Redactor = {
    add(...more) {
      const before = known.size
      for (const secret of more) if (secret !== undefined && secret !== '') known.add(secret)
      if (known.size > before) pattern = toPattern([...known])
    },
    text: (text) => (pattern ? text.replace(pattern, MARK) : text),
    value: (value) => walk(value, redactor.text) as typeof value,
  }
  redactor.add(...secrets)
  return redactor
}

function walk(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return value.map((each) => walk(each, text))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), walk(each, text)]))
  return value
}

function toPattern(secrets: readonly string[]): RegExp {
  const sources = new Set<string>()
  for (const secret of secrets)
    for (const form of formsOf(secret)) sources.add(secret.length < SHORT ? alone(form) : escape(form))
  // Longest first: a secret that begins with another one goes as a whole.
  return new RegExp([...sources].toSorted((a, b) => b.length - a.length).join('|'), 'gu')
}

function formsOf(secret: string): readonly string[] {
  const plain = [secret, JSON.stringify(secret).slice(1, -1)]
  const inAddress = encodeURIComponent(secret)
  const hex = Buffer.from(secret).toString('hex')
  return [
    ...plain,
    inAddress,
    inAddress.toLowerCase(),
    inAddress.replaceAll('%20', '+'),
    ...(secret.length < SHORT ? [] : [hex, hex.toUpperCase()]),
    ...base64Forms(secret),
  ].filter((form) => form.length >= Math.min(SHORT, secret.length))
}

/** What of a text's base64 does not depend on its neighbours, at each of the three ways it can lie in the encoded bytes. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const whole = bytes.toString('base64')
  const inner = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const from = Math.ceil((before * 8) / 6)
    const to = Math.floor(((before + bytes.length) * 8) / 6)
    return encoded.slice(from, to)
  })
  return [whole, ...inner.filter((form) => form.length >= 6)].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    encodeURIComponent(form),
  ])
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const alone = (text: string) => `(?<![\\p{L}\\p{N}])${escape(text)}(?![\\p{L}\\p{N}])`
