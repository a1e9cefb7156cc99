import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')

/** What our workflows use of the format, strict: a misspelt key is an error. https://docs.github.com/actions/reference/workflow-syntax-for-github-actions */
const text = z.string().min(1)
const stepSchema = z
  .strictObject({
    name: text.optional(),
    if: text.optional(),
    uses: z
      .string()
      .regex(/^actions\/[\w-]+@v\d+$/, 'must be one of GitHub’s own actions, with its version')
      .optional(),
    run: text.optional(),
    with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    env: z.record(z.string(), z.string()).optional(),
  })
  .refine(
    ({ uses, run }) => (uses === undefined) !== (run === undefined),
    'a step either uses an action or runs a command',
  )
const jobSchema = z.strictObject({
  name: text.optional(),
  needs: text.optional(),
  if: text.optional(),
  environment: text.optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.record(z.string(), z.array(z.unknown()).min(1)) })
    .optional(),
  'runs-on': text,
  'timeout-minutes': z.number().int().max(90).optional(),
  steps: z.array(stepSchema).min(1),
})
const workflowSchema = z.strictObject({
  name: text,
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'none'])),
  concurrency: z.strictObject({ group: text, 'cancel-in-progress': z.boolean() }).optional(),
  jobs: z.record(z.string(), jobSchema),
})

const read = (name: string) => workflowSchema.parse(parse(readFileSync(join(folder, name), 'utf8')))
const names = readdirSync(folder)
const commandsOf = (name: string) =>
  Object.values(read(name).jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => (run === undefined ? [] : [run])))

test('there is one for tests and one for packages', () => {
  expect(names.toSorted()).toEqual(['package.yml', 'test.yml'])
})

describe.each(names)('%s', (name) => {
  test('is a workflow that may read the repository and nothing else', () => {
    expect(read(name).permissions).toEqual({ contents: 'read' })
  })

  test('runs only what is there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const commands = commandsOf(name)
    const files = commands.flatMap((each) => each.match(/(?:scripts|tests|src|\.ci)\/[\w./-]+/g) ?? [])
    const ran = commands.flatMap((each) => [...each.matchAll(/npm run (\w+)/g)].map(([, script = '']) => script))
    expect(files.filter((each) => !existsSync(join(root, each)) && !existsSync(join(root, `${each}.test.ts`)))).toEqual(
      [],
    )
    expect(ran.filter((each) => scripts[each] === undefined)).toEqual([])
  })

  test('waits for the jobs that it has', () => {
    const { jobs } = read(name)
    expect(Object.values(jobs).flatMap(({ needs }) => (needs === undefined || needs in jobs ? [] : [needs]))).toEqual(
      [],
    )
  })
})

test('real Electron runs on Linux, Windows and macOS, and a run without it fails', () => {
  const desktop = read('test.yml').jobs['desktop']
  expect(desktop?.strategy?.matrix).toEqual({ os: ['ubuntu-24.04', 'windows-2025', 'macos-15'] })
  const ends = desktop?.steps.filter(({ run }) => run?.includes('tests/e2e/electron')) ?? []
  expect(ends.map(({ env }) => env?.['TAPEDECK_EXPECT_ELECTRON'])).toEqual(['1', '1'])
})

test('A-79 each system packs, and the packed app is started before it is kept', () => {
  const steps = read('package.yml').jobs['package']?.steps ?? []
  const at = (part: string) => steps.findIndex(({ run, uses }) => (run ?? uses ?? '').includes(part))
  expect(
    [at('npm run package'), at('smoke.ts'), at('upload-artifact')].every((index, i, all) => index > (all[i - 1] ?? 0)),
  ).toBe(true)
})

test('A-71 the key that signs updates is in one step alone, which runs no packages of others', () => {
  const { jobs } = read('package.yml')
  const holders = Object.entries(jobs).flatMap(([job, { steps }]) =>
    steps.filter((step) => JSON.stringify(step).includes('TAPEDECK_UPDATE_KEY')).map(({ run }) => [job, run]),
  )
  expect(holders).toEqual([['feed', 'node scripts/package/feed.ts dist']])
  expect(jobs['feed']?.steps.some(({ run }) => run?.includes('--ignore-scripts'))).toBe(true)
})
