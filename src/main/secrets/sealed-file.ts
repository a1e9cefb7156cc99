import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

/** scrypt's cost: some tenths of a second and 64 MB, once a run. */
const COST = { N: 2 ** 16, r: 8, p: 2 }
const MEMORY = 256 * 1024 * 1024
const CHECK = 'tapedeck secrets'

const base64 = z.base64()
const sealedSchema = z.strictObject({ nonce: base64, data: base64, tag: base64 })
export type Sealed = z.infer<typeof sealedSchema>

/** The file of secrets: how the key is made of the passphrase, a text by which a wrong one is known, and each secret sealed alone. */
export const sealedFileSchema = z.strictObject({
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    salt: base64,
    N: z
      .int()
      .min(2 ** 14)
      .max(2 ** 17),
    r: z.int().min(8).max(16),
    p: z.int().min(1).max(4),
  }),
  check: sealedSchema,
  secrets: z.record(z.string().max(200), sealedSchema),
})
export type SealedFile = z.infer<typeof sealedFileSchema>

export async function createSealedFile(
  passphrase: string,
): Promise<{ readonly file: SealedFile; readonly key: Buffer }> {
  const kdf = { name: 'scrypt' as const, salt: randomBytes(32).toString('base64'), ...COST }
  const key = await toKey(passphrase, kdf)
  return { file: { version: 1, kdf, check: seal(key, 'check', CHECK), secrets: {} }, key }
}

/** The file's key, or undefined where the passphrase is another one. */
export async function unlock(file: SealedFile, passphrase: string): Promise<Buffer | undefined> {
  const key = await toKey(passphrase, file.kdf)
  return open(key, 'check', file.check) === CHECK ? key : undefined
}

/** Each secret has its own nonce, and its name is part of what is sealed: none can be put in another's place. */
export function seal(key: Buffer, name: string, text: string): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return {
    nonce: nonce.toString('base64'),
    data: data.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
}

/** undefined: not sealed with this key under this name, or changed since. */
export function open(key: Buffer, name: string, sealed: Sealed): string | undefined {
  const [nonce, data, tag] = [sealed.nonce, sealed.data, sealed.tag].map((text) => Buffer.from(text, 'base64'))
  if (nonce?.length !== 12 || tag?.length !== 16 || data === undefined) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name)).setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function toKey(passphrase: string, kdf: SealedFile['kdf']): Promise<Buffer> {
  const { N, r, p } = kdf
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFKC'),
      Buffer.from(kdf.salt, 'base64'),
      32,
      { N, r, p, maxmem: MEMORY },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })
}
