// Brings a fresh clone to life with nothing but the system's Node and npm: installs, builds when needed, and goes on under
// the pinned Node. Has no dependency and runs on Node 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const windows = process.platform === 'win32'
const say = (text) => process.stderr.write(`tapedeck: ${text}\n`)

/** Events pass through the engine and are gone: V8 would let the young ones take three times as much memory. */
const ENGINE = ['--max-semi-space-size=8', join('out', 'main', 'headless.js')]

/** The work that each npm script stands for. `build`: needs out/. */
const TASKS = {
  start: { build: true, run: (args) => ['node', [...ENGINE, 'start', ...args]] },
  tapedeck: { build: true, run: (args) => ['node', [...ENGINE, ...args]] },
  test: { build: true, run: (args) => ['vitest', ['run', '--config', 'scripts/vitest.config.ts', ...args]] },
  verify: { build: false, run: (args) => ['node', ['scripts/verify.ts', ...args]] },
  bench: { build: true, run: (args) => ['node', ['tests/bench/index.ts', ...args]] },
  soak: { build: true, run: (args) => ['node', ['tests/soak/index.ts', ...args]] },
  faults: { build: true, run: (args) => ['node', ['tests/faults/index.ts', ...args]] },
  kafka: { build: false, run: (args) => ['node', ['scripts/kafka/index.ts', ...args]] },
  dev: { build: false, run: (args) => ['node', ['scripts/dev.ts', ...args]] },
  package: { build: true, run: (args) => ['node', ['scripts/package/index.ts', ...args]] },
  build: { build: true, force: true },
}

function install() {
  // Somebody else's packages, lent by a link: not ours to replace.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return
  const lock = readFileSync(join(root, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex')
  const mark = join(root, 'node_modules', '.installed')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  say('installing the pinned packages (once, about half a minute)…')
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  })
  if (result.status !== 0) fail('npm ci failed; its message is above.')
  writeFileSync(mark, wanted)
}

/** The Node that runs everything: the pinned package of this platform, else the one at hand if it is new enough. */
function runtime() {
  const names = [
    `node-${windows ? 'win' : process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ]
  for (const name of names) {
    const file = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')
    if (existsSync(file)) return file
  }
  if (Number(process.versions.napi) >= 10) return process.execPath
  return fail(
    `Node ${process.versions.node} is too old and no pinned Node exists for this machine. Install Node 24 or newer.`,
  )
}

/** Newest change below these paths, in ms. */
function newest(paths) {
  let latest = 0
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
    else if (!/\.test\.tsx?$/.test(path)) latest = Math.max(latest, stat.mtimeMs)
  }
  for (const path of paths) visit(join(root, path))
  return latest
}

function build(env, force) {
  const mark = join(root, 'out', '.built')
  const built = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (!force && newest(['src', 'scripts', 'resources', 'package-lock.json', 'vite.config.ts']) <= built) return
  say('building…')
  const result = spawnSync('vite', ['build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: windows,
  })
  if (result.status !== 0) fail('the build failed; its message is above.')
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, '')
}

function fail(text) {
  say(text)
  process.exit(1)
}

const [name, ...args] = process.argv.slice(2)
const task = Object.hasOwn(TASKS, name ?? '')
  ? TASKS[name]
  : fail(`unknown task "${name}". One of: ${Object.keys(TASKS).join(', ')}.`)

install()
const node = runtime()
const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
// glibc would keep memory apart for each of the engine's threads; two are enough, and some 20 MB less.
const env = { ...process.env, MALLOC_ARENA_MAX: '2', PATH: path, TAPEDECK_BOOTSTRAPPED: '1' }
if (task.build) build(env, task.force)
if (!task.run) process.exit(0)

const [command, words] = task.run(args)
const child = spawn(command === 'node' ? node : command, words, {
  cwd: root,
  env,
  stdio: 'inherit',
  shell: windows && command !== 'node',
})
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals) process.on(signal, () => child.kill(signal))
// npm's shell dies without passing a signal on: when our parent changes, the child must end too.
const parent = process.ppid
const watch = setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM')
}, 500)
child.on('error', (error) => fail(error.message))
child.on('exit', (code, signal) => {
  clearInterval(watch)
  process.exit(code ?? 128 + ({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGKILL: 9 }[signal] ?? 1))
})
