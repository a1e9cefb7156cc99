const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
  bull: '•',
  euro: '€',
  pound: '£',
  yen: '¥',
  copy: '©',
  reg: '®',
  trade: '™',
}

// What is never closed goes to the end: searching for its close again and again would take a hostile text's time.
const BLOCKS = /<(script|style)\b.*?(?:<\/\1\s*>|$)/gis
const COMMENTS = /<!--.*?(?:-->|$)/gs
const TAGS = /<\/?[a-z][^<>]*>/gi
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi
/** Control characters, and those that turn or hide text around them. */
const HIDDEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu

/**
 * What a feed wrote, as one line of plain text: no tags, no entities, nothing invisible. The result is text and nothing
 * else: it may again look like HTML, and must be shown as text.
 */
export function toPlainText(html: string, longest: number): string {
  const bare = html
    .slice(0, 20 * longest)
    .replace(COMMENTS, ' ')
    .replace(BLOCKS, ' ')
    .replace(TAGS, ' ')
  const text = decodeEntities(bare).replace(HIDDEN, ' ').replaceAll(/\s+/g, ' ').trim()
  return cut(text, longest)
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
  })
}

/** At most `longest` UTF-16 units, cut between characters, at the end of a word where one is near. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const part = text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')
  const word = part.lastIndexOf(' ')
  return `${(word > longest * 0.8 ? part.slice(0, word) : part).trimEnd()}…`
}
