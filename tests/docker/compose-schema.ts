/**
 * The part of the compose format that our files use, kept by hand and strict: a misspelt key is an error. What each key
 * means: https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const words = z.array(z.string().min(1)).min(1)
const duration = z.string().regex(/^(\d+[hms])+$/, 'must be a duration such as 30s')
const publishedPort = z.string().regex(/^[\d.]+:\d+:\d+$/, 'must be ADDRESS:PORT:PORT, with no port open to the world')
const volume = z
  .string()
  .regex(/^([a-z][\w-]*:\/[\w/]+|\.\/[\w./]+:\/[\w./]+:ro)$/, 'must be NAME:/PATH, or ./FILE:/PATH:ro of this folder')
const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'] as const

const serviceSchema = z.strictObject({
  image: z.string().min(1),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: words.optional(),
  hostname: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
  init: z.boolean().optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  stop_grace_period: duration.optional(),
  networks: words,
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(conditions) })).optional(),
  entrypoint: words.optional(),
  command: words.optional(),
  /** null: the variable is there and empty. */
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
  ports: z.array(publishedPort).optional(),
  volumes: z.array(volume).optional(),
  healthcheck: z
    .strictObject({
      test: z.tuple([z.literal('CMD')], z.string()),
      interval: duration,
      timeout: duration,
      retries: z.number().int().min(1),
      start_period: duration,
    })
    .optional(),
  read_only: z.boolean().optional(),
  tmpfs: words.optional(),
  cap_drop: words.optional(),
  security_opt: words.optional(),
})
export type Service = z.infer<typeof serviceSchema>

const composeSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.strictObject({ name: z.string() })),
  volumes: z.record(z.string(), z.null()),
})
export type Compose = z.infer<typeof composeSchema>

/** A file of docker/ as compose reads it without an .env: anchors merged, `x-…` left out, `${NAME:-value}` replaced by the value. */
export function readCompose(name: string): Compose {
  const text = readFileSync(new URL(`../../docker/${name}`, import.meta.url), 'utf8')
  const plain = text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
  const parsed = parse(plain, { merge: true }) as Record<string, unknown>
  return composeSchema.parse(Object.fromEntries(Object.entries(parsed).filter(([key]) => !key.startsWith('x-'))))
}
