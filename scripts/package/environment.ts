/** What packing takes from the environment, and what goes without it. */

type Environment = Readonly<Record<string, string | undefined>>

interface Ability {
  readonly what: string
  readonly platforms: readonly NodeJS.Platform[]
  /** One of these sets of variables must be whole. */
  readonly variables: readonly (readonly string[])[]
}

export const ABILITIES: readonly Ability[] = [
  {
    what: 'updates (the packed app looks for none)',
    platforms: ['linux', 'win32', 'darwin'],
    variables: [['TAPEDECK_UPDATE_URL', 'TAPEDECK_UPDATE_PUBLIC_KEY']],
  },
  {
    what: 'signing for Windows',
    platforms: ['win32'],
    variables: [
      ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
      ['CSC_LINK', 'CSC_KEY_PASSWORD'],
    ],
  },
  { what: 'signing for macOS', platforms: ['darwin'], variables: [['CSC_LINK', 'CSC_KEY_PASSWORD'], ['CSC_NAME']] },
  {
    what: 'notarising',
    platforms: ['darwin'],
    variables: [
      ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
      ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
    ],
  },
]

/** Where the packed app's updates come from: undefined where it gets none. */
export function updateSource(
  environment: Environment,
): { readonly url: string; readonly publicKey: string } | undefined {
  const [url, publicKey] = [environment['TAPEDECK_UPDATE_URL'], environment['TAPEDECK_UPDATE_PUBLIC_KEY']]
  return url && publicKey ? { url, publicKey } : undefined
}

/** What a package made here and now goes without, each with the variables that would bring it. */
export function missingFor(
  platform: NodeJS.Platform,
  environment: Environment,
): readonly { readonly what: string; readonly names: string }[] {
  return ABILITIES.filter(
    ({ platforms, variables }) =>
      platforms.includes(platform) && !variables.some((set) => set.every((name) => environment[name])),
  ).map(({ what, variables }) => ({ what, names: variables.map((set) => set.join(' + ')).join(', or ') }))
}
