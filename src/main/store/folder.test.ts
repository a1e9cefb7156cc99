import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder.ts'

let parent: string
let folder: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'tapedeck-folder-'))
  folder = join(parent, 'new', 'data')
})
const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  rmSync(parent, { recursive: true })
})

const MODULE = fileURLToPath(new URL('./folder.ts', import.meta.url))

/** Another process that tries to take the folder, says whether it did, and stays. */
function start() {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(MODULE)})
    try { console.log('has', lockFolder(${JSON.stringify(folder)}).collector) }
    catch (error) { console.log('refused', error.fault.code, error.message) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  const said = once(child.stdout, 'data').then(([chunk]) => String(chunk).trim())
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { pid: child.pid, said, kill }
}

test('A folder is made for its user alone and keeps its collector’s name.', () => {
  const lock = lockFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(lock.collector).toMatch(/^[0-9a-f-]{36}$/)
  lock.release()
  const again = lockFolder(folder)
  expect(again.collector).toBe(lock.collector)
  again.release()
})

test('A second engine is refused with the pid of the first, in this process or another.', async () => {
  const lock = lockFolder(folder)
  const refusal = `${folder} is in use by process ${process.pid}. Close it, or choose another folder with --data.`
  expect(() => lockFolder(folder)).toThrow(refusal)
  const other = start()
  expect(await other.said).toBe(`refused folder-locked ${refusal}`)
  await other.kill()
  lock.release()
})

test('The lock of a killed engine is free at once, and of several that start together exactly one gets it.', async () => {
  const first = start()
  const collector = (await first.said).split(' ')[1]
  expect(() => lockFolder(folder)).toThrow(`in use by process ${first.pid}.`)
  await first.kill()
  const starters = [start(), start(), start()]
  const said = await Promise.all(starters.map((starter) => starter.said))
  expect(said.filter((line) => line === `has ${collector}`)).toHaveLength(1)
  expect(said.filter((line) => line.startsWith('refused folder-locked'))).toHaveLength(2)
  for (const starter of starters) await starter.kill()
  const lock = lockFolder(folder)
  expect(readFileSync(join(folder, 'engine.pid'), 'utf8')).toBe(`${process.pid}\n`)
  lock.release()
})
