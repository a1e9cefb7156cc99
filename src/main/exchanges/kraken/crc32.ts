/** CRC-32 as zip, PNG and Ethernet compute it (IEEE 802.3), of an ASCII text: from 0 to 2^32 - 1. */

const POLYNOMIAL = 0xedb88320

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
  return rest
})

export function crc32(text: string): number {
  let sum = 0xffffffff
  for (let at = 0; at < text.length; at += 1) sum = (sum >>> 8) ^ (TABLE[(sum ^ text.charCodeAt(at)) & 0xff] ?? 0)
  return (sum ^ 0xffffffff) >>> 0
}
