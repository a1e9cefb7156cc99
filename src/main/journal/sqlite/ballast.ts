/**
 * Room that is given back when the disk is full. SQLite needs space even to delete: on a disk without a free byte neither
 * pruning nor a checkpoint works, and nothing could ever resume. So a file of random bytes is kept beside the database
 * and removed when the disk is full; records are written again only once it is back.
 */

import { randomFillSync } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export const BALLAST_BYTES = 64 * 1024 * 1024
const CHUNK = 1024 * 1024

export interface Ballast {
  /** Frees the room. */
  release(): void
  /** Takes the room (again); false where the disk has not enough. */
  restore(): boolean
}

export function createBallast(file: string, bytes: number): Ballast {
  const unfinished = `${file}.unfinished`
  const isThere = () => statSync(file, { throwIfNoEntry: false })?.size === bytes
  return {
    release() {
      rmSync(file, { force: true })
      rmSync(unfinished, { force: true })
    },
    restore() {
      if (isThere()) return true
      // A quarter more, so that the next write does not fail at once.
      if (freeBytes(file) < bytes * 1.25) return false
      try {
        fill(unfinished, bytes)
        renameSync(unfinished, file)
        return true
      } catch (error) {
        rmSync(unfinished, { force: true })
        if (isNoSpace(error)) return false
        throw error
      }
    },
  }
}

/** Random, because file systems that compress or deduplicate keep no room for zeros. */
function fill(file: string, bytes: number): void {
  const descriptor = openSync(file, 'w', 0o600)
  try {
    const chunk = Buffer.alloc(Math.min(CHUNK, bytes))
    for (let written = 0; written < bytes;) {
      randomFillSync(chunk)
      written += writeSync(descriptor, chunk, 0, Math.min(chunk.length, bytes - written))
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Bytes that we may still write beside a file. */
export function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
