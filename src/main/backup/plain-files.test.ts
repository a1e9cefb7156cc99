import { expect, test } from 'vitest'
import { withoutCredentials } from './plain-files.ts'

test('settings are copied as they stand', () => {
  const text = '{ "theme": "light", "proxy": "http://proxy.example:8080" }'
  expect(withoutCredentials(text)).toBe(text)
})

test('a password in the address of the proxy stays behind', () => {
  const kept = withoutCredentials('{"theme":"light","proxy":"socks5://me:p@ss@proxy.example:1080"}') ?? ''
  expect(JSON.parse(kept)).toEqual({ theme: 'light', proxy: 'socks5://proxy.example:1080' })
})

test('what is no JSON is left out', () => {
  expect(withoutCredentials('{"proxy":"http://me:secret@pro')).toBeUndefined()
  expect(withoutCredentials('null')).toBeUndefined()
})
