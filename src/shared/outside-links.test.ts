import { expect, test } from 'vitest'
import { toOutsideLink } from './outside-links.ts'

test.each([
  ['https://www.coindesk.com/markets/a?b=c#d', 'https://www.coindesk.com/markets/a?b=c#d'],
  ['http://news.example.com/a', 'https://news.example.com/a'],
  ['https://뉴스.kr/1', 'https://xn--vg1b002a.kr/1'],
])('A-80 a public page is opened over https: %s', (url, link) => {
  expect(toOutsideLink(url)).toBe(link)
})

test.each([
  'https://192.168.0.1/reboot',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://localhost/',
  'https://localhost./',
  'https://router/',
  'https://nas.local/',
  'https://printer.home.arpa/',
  'https://news.example.com:8443/',
  'https://user:password@news.example.com/',
  'https://user@news.example.com/',
  'ftp://news.example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<h1>hello',
  'tapedeck://page/about',
  'not a link',
  `https://news.example.com/${'a'.repeat(2_000)}`,
])('A-80 nothing else is: %s', (url) => {
  expect(toOutsideLink(url)).toBeUndefined()
})
