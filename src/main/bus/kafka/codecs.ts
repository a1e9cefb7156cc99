/** How record batches are packed, by the number that their attributes carry. */

import { promisify } from 'node:util'
import { gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib'
import { lz4Compress, lz4Decompress, snappyCompress, snappyDecompress } from '@platformatic/wasm-utils/bundled'
import compressionTable from 'kafkajs/src/protocol/message/compression/index.js'
import { FaultError } from '../../../shared/faults.ts'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'

export type Compression = ClusterProfile['compression']

export const COMPRESSION_NUMBERS: Readonly<Record<Compression, number>> = {
  none: 0,
  gzip: 1,
  snappy: 2,
  lz4: 3,
  zstd: 4,
}

interface Codec {
  pack(bytes: Buffer): Buffer | Promise<Buffer>
  unpack(bytes: Buffer): Buffer | Promise<Buffer>
}

/** Java's producers cut their snappy data into blocks, each with its length, behind this mark and two version numbers. */
const SNAPPY_BLOCKS = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0])
const SNAPPY_HEAD = 16

const CODECS: Readonly<Record<number, Codec>> = {
  [COMPRESSION_NUMBERS.gzip]: { pack: promisify(gzip), unpack: promisify(gunzip) },
  [COMPRESSION_NUMBERS.snappy]: { pack: snappyCompress, unpack: unpackSnappy },
  [COMPRESSION_NUMBERS.lz4]: { pack: lz4Compress, unpack: lz4Decompress },
  [COMPRESSION_NUMBERS.zstd]: { pack: promisify(zstdCompress), unpack: promisify(zstdDecompress) },
}

/** Makes the codecs known to kafkajs, which packs what we send. */
export function registerCodecs(): void {
  for (const [number, { pack, unpack }] of Object.entries(CODECS))
    compressionTable.Codecs[Number(number)] = () => ({
      compress: async (encoder) => pack(encoder.buffer),
      decompress: async (bytes) => unpack(bytes),
    })
}

/** Unpacks the records of a batch. `number`: from its attributes. */
export async function unpack(number: number, bytes: Buffer): Promise<Buffer> {
  const codec = CODECS[number]
  if (!codec)
    throw new FaultError('bad-request', `Records are packed in a way that is not known here (number ${number}).`)
  return codec.unpack(bytes)
}

function unpackSnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, SNAPPY_BLOCKS.length).equals(SNAPPY_BLOCKS)) return snappyDecompress(bytes)
  const blocks: Buffer[] = []
  for (let at = SNAPPY_HEAD; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    blocks.push(snappyDecompress(bytes.subarray(at + 4, at + 4 + length)))
    at += 4 + length
  }
  return Buffer.concat(blocks)
}
