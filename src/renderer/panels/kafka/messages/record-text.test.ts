import { describe, expect, it } from 'vitest'
import { hexDump, prettyJson } from './record-text.ts'

describe('a record as text', () => {
  it('A-43 indents JSON and keeps every digit', () => {
    expect(prettyJson('{"id":9007199254740993,"price":"1.10","list":[1,{}],"said":"a \\"{,}\\" b"}')).toBe(
      [
        '{',
        '  "id": 9007199254740993,',
        '  "price": "1.10",',
        '  "list": [',
        '    1,',
        '    {}',
        '  ],',
        '  "said": "a \\"{,}\\" b"',
        '}',
      ].join('\n'),
    )
  })

  it('leaves alone what is no JSON object', () => {
    expect([prettyJson('17'), prettyJson('{"a":'), prettyJson('')]).toEqual([undefined, undefined, undefined])
  })

  it('A-43 shows bytes by sixteen with their place and text', () => {
    expect(hexDump('7b22ff0a' + '41'.repeat(13))).toBe(
      '00000000  7b 22 ff 0a 41 41 41 41 41 41 41 41 41 41 41 41  {"..AAAAAAAAAAAA\n' +
        '00000010  41                                               A',
    )
  })
})
