/** RSS 2.0, RSS 1.0 and Atom 1.0, as far as news needs them. */

import type { XmlDocument } from '@rgrove/parse-xml'
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import type { Millis } from '../../shared/market.ts'
import { ItemError } from './item-feed.ts'
import { toPlainText } from './plain-text.ts'

export interface NewsEntry {
  readonly id?: string
  readonly title?: string
  readonly url?: string
  readonly summary?: string
  readonly publishedAt?: Millis
}

export interface NewsXml {
  readonly title?: string
  /** 'en', 'ko'. */
  readonly language?: string
  readonly entries: readonly NewsEntry[]
}

/** Entries of one answer that are looked at. */
const MOST_ENTRIES = 200

/**
 * Reads a news feed. Document types are not followed and entities that they define are not known, so nothing outside of
 * the text is ever read. Relative addresses are the feed's. Throws ItemError.
 */
export function readNewsXml(text: string, base: string): NewsXml {
  const encoding = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/i.exec(text)?.[1]
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding))
    throw new ItemError('not-utf8', `The feed is in ${encoding}; only UTF-8 is read.`)
  const root = parse(text.trimStart()).root
  if (root === null) throw new ItemError('not-xml', 'The answer is empty.')
  switch (localName(root)) {
    case 'rss':
    case 'rdf': {
      const channel = child(root, 'channel')
      if (channel === undefined) break
      // RSS 1.0 has its items beside the channel.
      const items = [...children(channel, 'item'), ...children(root, 'item')]
      return withHead(
        channel,
        'language',
        items.map((item) => toRssEntry(item, base)),
      )
    }
    case 'feed':
      return withHead(
        root,
        undefined,
        children(root, 'entry').map((entry) => toAtomEntry(entry, base)),
      )
  }
  throw new ItemError('unknown-shape', `The answer is neither RSS nor Atom: its root is <${root.name.slice(0, 40)}>.`)
}

function parse(text: string): XmlDocument {
  const options = { ignoreUndefinedEntities: true }
  try {
    return parseXml(text, options)
  } catch {
    // Bare ampersands are the one mistake that many feeds make.
    try {
      return parseXml(text.replaceAll(/&(?!#?\w{1,32};)/g, '&amp;'), options)
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
      throw new ItemError('not-xml', `The answer is not XML: ${reason.slice(0, 160)}.`)
    }
  }
}

function withHead(head: XmlElement, languageName: string | undefined, entries: readonly NewsEntry[]): NewsXml {
  const title = toPlainText(textOf(head, 'title') ?? '', 60)
  const named = languageName === undefined ? head.attributes['xml:lang'] : textOf(head, languageName)
  const language = /^[a-z]{2,3}(?=$|[-_])/i.exec(named?.trim() ?? '')?.[0].toLowerCase()
  return {
    ...(title === '' ? {} : { title }),
    ...(language === undefined ? {} : { language }),
    entries: entries.slice(0, MOST_ENTRIES),
  }
}

function toRssEntry(item: XmlElement, base: string): NewsEntry {
  const guid = child(item, 'guid')
  const id = guid?.text.trim()
  const isLink = id !== undefined && guid?.attributes['isPermaLink'] !== 'false' && /^https?:/i.test(id)
  const link = textOf(item, 'link') ?? (isLink ? id : undefined)
  return {
    ...optional('id', id),
    ...optional('title', textOf(item, 'title')),
    ...optional('url', link === undefined ? undefined : absolute(link, base)),
    ...optional('summary', textOf(item, 'description')),
    ...optional('publishedAt', toMillis(textOf(item, 'pubDate') ?? textOf(item, 'date'))),
  }
}

function toAtomEntry(entry: XmlElement, base: string): NewsEntry {
  const links = children(entry, 'link')
  const link = links.find((each) => (each.attributes['rel'] ?? 'alternate') === 'alternate')?.attributes['href']
  return {
    ...optional('id', textOf(entry, 'id')),
    ...optional('title', textOf(entry, 'title')),
    ...optional('url', link === undefined ? undefined : absolute(link, base)),
    ...optional('summary', textOf(entry, 'summary') ?? textOf(entry, 'content')),
    ...optional('publishedAt', toMillis(textOf(entry, 'published') ?? textOf(entry, 'updated'))),
  }
}

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in K]?: V }
}

function absolute(link: string, base: string): string {
  const text = link.trim()
  return URL.canParse(text, base) ? new URL(text, base).href : text
}

/** RFC 822 and ISO 8601. A time that cannot be read is as if it were not there. */
function toMillis(text: string | undefined): Millis | undefined {
  const at = Date.parse(text?.trim() ?? '')
  return Number.isFinite(at) ? at : undefined
}

/** 'dc:date' → 'date': prefixes are each feed's own. */
function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(':') + 1).toLowerCase()
}

/** Children by local name, those without a prefix first: 'atom:link' stands beside 'link'. */
function children(element: XmlElement, name: string): readonly XmlElement[] {
  const wanted = name.toLowerCase()
  const found = element.children.filter((each) => each instanceof XmlElement && localName(each) === wanted)
  return (found as XmlElement[]).toSorted((a, b) => Number(a.name.includes(':')) - Number(b.name.includes(':')))
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return children(element, name)[0]
}

/** The first child's text; a child that is empty is as if it were not there. */
function textOf(element: XmlElement, name: string): string | undefined {
  for (const each of children(element, name)) if (each.text.trim() !== '') return each.text.trim()
  return undefined
}
