/** Korean text as the letters that a keyboard types, so that a name is found while it is still being typed. */

const LEADS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'.split('')
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'.split('')
const TAILS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'.split('')]

/** Letters that are typed as two. A keyboard also joins two initials that way: ㅂㅅ becomes ㅄ. */
const JOINED: Readonly<Record<string, string>> = {
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
  ㅘ: 'ㅗㅏ',
  ㅙ: 'ㅗㅐ',
  ㅚ: 'ㅗㅣ',
  ㅝ: 'ㅜㅓ',
  ㅞ: 'ㅜㅔ',
  ㅟ: 'ㅜㅣ',
  ㅢ: 'ㅡㅣ',
}

const ASCII = /^[ -~]*$/
const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FIRST_LETTER = 0x3131
const LAST_LETTER = 0x3163

/**
 * One string of letters per character: '비트' → ['ㅂㅣ', 'ㅌㅡ'], 'BTC' → ['b', 't', 'c']. Case, full width and the
 * two Unicode spellings of a syllable make no difference.
 */
export function toLetters(text: string): string[] {
  if (ASCII.test(text)) return text.toLowerCase().split('')
  const letters: string[] = []
  for (const character of text.normalize('NFC')) {
    const code = character.charCodeAt(0)
    if (code >= FIRST_LETTER && code <= LAST_LETTER) letters.push(JOINED[character] ?? character)
    else for (const folded of character.normalize('NFKC').toLowerCase()) letters.push(spell(folded))
  }
  return letters
}

function spell(character: string): string {
  const code = character.charCodeAt(0)
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return character
  const at = code - FIRST_SYLLABLE
  const lead = LEADS[Math.floor(at / (VOWELS.length * TAILS.length))]!
  const vowel = VOWELS[Math.floor(at / TAILS.length) % VOWELS.length]!
  const tail = TAILS[at % TAILS.length]!
  return lead + (JOINED[vowel] ?? vowel) + (JOINED[tail] ?? tail)
}

/**
 * Whether typed letters stand for the characters of a text from a position on: each character by some of its first letters, at
 * least one. So 'ㅂㅌㅋㅇ', '비ㅌ', '빝' and '비트' all begin 비트코인.
 */
export function beginsAt(characters: readonly string[], at: number, typed: string, from = 0): boolean {
  if (from === typed.length) return true
  const character = characters[at]
  if (character === undefined) return false
  for (let length = 1; length <= character.length; length += 1) {
    if (typed[from + length - 1] !== character[length - 1]) return false
    if (beginsAt(characters, at + 1, typed, from + length)) return true
  }
  return false
}
