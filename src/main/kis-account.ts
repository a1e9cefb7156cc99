/** The account of KIS that `KIS_PAPER_TRADING` chooses, as earlier systems had it; undefined where it is not set. Another word comes back as it is. */
export function kisAccountOf(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const text = environment['KIS_PAPER_TRADING']?.trim().toLowerCase() ?? ''
  if (text === '') return undefined
  return ACCOUNTS[text] ?? text
}

const ACCOUNTS: Readonly<Record<string, 'live' | 'paper'>> = {
  true: 'paper',
  yes: 'paper',
  1: 'paper',
  false: 'live',
  no: 'live',
  0: 'live',
}
