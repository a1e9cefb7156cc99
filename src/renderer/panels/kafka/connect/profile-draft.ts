/** A cluster's profile as it is being written: text in every field, checked as a whole. Secrets are not in it. */

import type { ClusterProfile } from '../../../../shared/kafka-settings.ts'
import { clusterProfileSchema, SASL_MECHANISMS } from '../../../../shared/kafka-settings.ts'

export const ENCRYPTIONS = ['none', 'tls', 'mutual'] as const
export const SIGN_INS = ['none', ...SASL_MECHANISMS] as const

export interface ProfileDraft {
  /** '' until it is saved for the first time: then made from the name. */
  readonly id: string
  readonly name: string
  readonly clientId: string
  /** Separated by commas, blanks or lines. */
  readonly brokers: string
  readonly encryption: (typeof ENCRYPTIONS)[number]
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
  readonly serverName: string
  readonly signIn: (typeof SIGN_INS)[number]
  readonly username: string
  readonly tokenUrl: string
  readonly readOnly: boolean
  readonly compression: ClusterProfile['compression']
  readonly replication: string
}

/** What may be wrong, by the field that shows it. */
export type ProfileField =
  | 'name'
  | 'clientId'
  | 'brokers'
  | 'certFile'
  | 'keyFile'
  | 'username'
  | 'tokenUrl'
  | 'replication'

export const NEW_PROFILE: ProfileDraft = {
  id: '',
  name: '',
  clientId: 'tapedeck',
  brokers: '',
  encryption: 'none',
  caFile: '',
  certFile: '',
  keyFile: '',
  serverName: '',
  signIn: 'none',
  username: '',
  tokenUrl: '',
  readOnly: false,
  compression: 'lz4',
  replication: '',
}

export function toProfileDraft(profile: ClusterProfile): ProfileDraft {
  const { tls, sasl } = profile
  return {
    id: profile.id,
    name: profile.name,
    clientId: profile.clientId,
    brokers: profile.brokers.join(', '),
    encryption: tls.on ? (tls.certFile === null && tls.keyFile === null ? 'tls' : 'mutual') : 'none',
    caFile: tls.caFile ?? '',
    certFile: tls.certFile ?? '',
    keyFile: tls.keyFile ?? '',
    serverName: tls.serverName ?? '',
    signIn: sasl?.mechanism ?? 'none',
    username: sasl?.username ?? '',
    tokenUrl: sasl?.tokenUrl ?? '',
    readOnly: profile.readOnly,
    compression: profile.compression,
    replication: profile.replication === null ? '' : String(profile.replication),
  }
}

/** An id for a name: 'Prod Seoul' is 'prod-seoul', or 'prod-seoul-2' where that is taken. */
export function toProfileId(name: string, taken: readonly string[]): string {
  const base =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 30) || 'cluster'
  let id = base
  for (let number = 2; taken.includes(id); number += 1) id = `${base}-${number}`
  return id
}

/** The profile, or the fields that are not right. `taken`: ids of the other profiles. */
export function checkProfile(
  draft: ProfileDraft,
  taken: readonly string[],
): { readonly profile: ClusterProfile } | { readonly wrong: ReadonlySet<ProfileField> } {
  const wrong = new Set<ProfileField>()
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const on = draft.encryption !== 'none'
  const mutual = draft.encryption === 'mutual'
  if (mutual && !orNull(draft.certFile)) wrong.add('certFile')
  if (mutual && !orNull(draft.keyFile)) wrong.add('keyFile')
  if (draft.signIn !== 'none' && draft.username.trim() === '') wrong.add('username')
  if (draft.signIn === 'OAUTHBEARER' && !orNull(draft.tokenUrl)) wrong.add('tokenUrl')
  const parsed = clusterProfileSchema.safeParse({
    id: draft.id || toProfileId(draft.name, taken),
    name: draft.name.trim(),
    brokers: draft.brokers.split(/[\s,]+/).filter(Boolean),
    clientId: draft.clientId.trim(),
    tls: {
      on,
      caFile: on ? orNull(draft.caFile) : null,
      certFile: mutual ? orNull(draft.certFile) : null,
      keyFile: mutual ? orNull(draft.keyFile) : null,
      serverName: on ? orNull(draft.serverName) : null,
    },
    sasl:
      draft.signIn === 'none'
        ? null
        : {
            mechanism: draft.signIn,
            username: draft.username.trim(),
            tokenUrl: draft.signIn === 'OAUTHBEARER' ? orNull(draft.tokenUrl) : null,
          },
    readOnly: draft.readOnly,
    compression: draft.compression,
    replication: draft.replication.trim() === '' ? null : Number(draft.replication),
  })
  if (!parsed.success)
    for (const { path } of parsed.error.issues) wrong.add((path[0] === 'sasl' ? path[1] : path[0]) as ProfileField)
  return parsed.success && wrong.size === 0 ? { profile: parsed.data } : { wrong }
}
