import { expect, test } from 'vitest'
import { readNewsXml } from './news-xml.ts'

const BASE = 'https://news.example/rss'
const rss = (item: string, head = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>N</title>${head}<item>${item}</item></channel></rss>`

test('RSS 2.0: CDATA, relative addresses, a guid that is the address, prefixes beside the plain names', () => {
  expect(
    readNewsXml(
      rss(
        '<title><![CDATA[R&D <b>up</b>]]></title><atom:link href="x"/><guid>https://news.example/7</guid><pubDate>Sat, 15 Aug 2026 17:26:43 +0000</pubDate><media:title>M</media:title>',
        '<atom:link href="self"/><language>ko-KR</language>',
      ),
      BASE,
    ),
  ).toEqual({
    title: 'N',
    language: 'ko',
    entries: [
      {
        id: 'https://news.example/7',
        title: 'R&D <b>up</b>',
        url: 'https://news.example/7',
        publishedAt: Date.UTC(2026, 7, 15, 17, 26, 43),
      },
    ],
  })
})

test('RSS 1.0 has its items beside the channel, Atom its address in an attribute', () => {
  const rdf = `<rdf:RDF xmlns:rdf="r"><channel><title>N</title></channel><item><title>T</title><link>/a</link><dc:date>2026-08-15T00:00:00Z</dc:date></item></rdf:RDF>`
  expect(readNewsXml(rdf, BASE).entries).toEqual([
    { title: 'T', url: 'https://news.example/a', publishedAt: Date.UTC(2026, 7, 15) },
  ])
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>N</title><entry><id>urn:1</id><title type="html">T</title><link rel="self" href="/s"/><link href="/a"/><updated>2026-08-15T00:00:00Z</updated><summary>S</summary></entry></feed>`
  expect(readNewsXml(atom, BASE)).toEqual({
    title: 'N',
    language: 'en',
    entries: [
      { id: 'urn:1', title: 'T', url: 'https://news.example/a', summary: 'S', publishedAt: Date.UTC(2026, 7, 15) },
    ],
  })
})

test('what many feeds get wrong is read all the same', () => {
  expect(readNewsXml(`\n${rss('<title>A & B &nbsp;&rsquo;</title>')}`, BASE).entries).toEqual([
    { title: 'A & B &nbsp;&rsquo;' },
  ])
  expect(readNewsXml(rss('<title>T</title><pubDate>yesterday</pubDate>'), BASE).entries).toEqual([{ title: 'T' }])
})

test('entities of a document type are not known and nothing outside is read', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&f;</title></item></channel></rss>`
  expect(readNewsXml(bomb, BASE).entries).toEqual([{ title: '&b;&f;' }])
})

test.each([
  ['no feed', '<opml/>', 'unknown-shape', 'The answer is neither RSS nor Atom: its root is <opml>.'],
  ['an RSS without a channel', '<rss/>', 'unknown-shape', 'The answer is neither RSS nor Atom: its root is <rss>.'],
  ['half of one', '<rss><channel>', 'not-xml', /^The answer is not XML: /],
  ['nothing', '', 'not-xml', /^The answer is not XML: /],
  [
    'another encoding',
    '<?xml version="1.0" encoding="EUC-KR"?><rss/>',
    'not-utf8',
    'The feed is in EUC-KR; only UTF-8 is read.',
  ],
])('%s is refused by rule', (_name, text, rule, message) => {
  expect(() => readNewsXml(text, BASE)).toThrow(expect.objectContaining({ rule }) as Error)
  expect(() => readNewsXml(text, BASE)).toThrow(message)
})
