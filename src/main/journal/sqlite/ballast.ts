/**
 * Room that is given back when the disk is full. SQLite needs space even to delete: on a disk without a free byte neither
 * pruning nor a checkpoint works, and nothing could ever resume. So a file of random bytes is kept beside the database
 * and removed when the disk is full; records are written again only once it is back.
 */

import { randomFillSync } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export const BALLAST_BYTES = 64 * 1024 * 1024
/** Bytes of one step: a few milliseconds. */
const STEP = 4 * 1024 * 1024

export interface Ballast {
  /** The disk has room for what is missing of it, and a quarter more, so that the next write does not fail at once. */
  fits(): boolean
  /** Takes one step's room. True once it is whole. Throws where the disk is full. */
  grow(): boolean
  /** Takes all of its room; false where the disk has not enough. */
  restore(): boolean
  /** Frees the room. */
  release(): void
}

export function createBallast(file: string, bytes: number): Ballast {
  const unfinished = `${file}.unfinished`
  const isWhole = () => sizeOf(file) === bytes

  const ballast: Ballast = {
    fits: () => isWhole() || freeBytes(file) >= (bytes - sizeOf(unfinished)) * 1.25,
    grow() {
      if (isWhole()) return true
      const missing = bytes - sizeOf(unfinished)
      append(unfinished, Math.min(STEP, missing))
      if (missing > STEP) return false
      renameSync(unfinished, file)
      return true
    },
    restore() {
      if (!ballast.fits()) return false
      try {
        while (!ballast.grow());
        return true
      } catch (error) {
        if (!isNoSpace(error)) throw error
        ballast.release()
        return false
      }
    },
    release() {
      rmSync(file, { force: true })
      rmSync(unfinished, { force: true })
    },
  }
  return ballast
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Random, because file systems that compress or deduplicate keep no room for zeros. */
function append(file: string, bytes: number): void {
  const descriptor = openSync(file, 'a', 0o600)
  try {
    const chunk = randomFillSync(Buffer.alloc(bytes))
    for (let written = 0; written < bytes;) written += writeSync(descriptor, chunk, written)
  } finally {
    closeSync(descriptor)
  }
}

/** Bytes that we may still write beside a file. */
export function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize
}

/** True where a file system, rather than SQLite, says that it is full. */
export function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
