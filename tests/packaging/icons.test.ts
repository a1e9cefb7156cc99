import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { encodeIcns, encodeIco } from '../../scripts/package/icon-files.ts'

const folder = resolve(import.meta.dirname, '../../resources/icons')
const file = (name: string) => readFileSync(join(folder, name))
/** Width and height, which a PNG says in its first block; colour type 6 has transparency. */
const sizeOf = (png: Buffer) => [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20), png[25]]

test('each picture is a transparent PNG of the size that its name says', () => {
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'))
  const told = Object.fromEntries(pictures.map((name) => [name, sizeOf(file(name))]))
  expect(told).toEqual(
    Object.fromEntries(
      [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => [`${size}x${size}.png`, ['PNG', size, size, 6]]),
    ),
  )
})

test('the Windows icon holds the seven sizes up to 256, each the picture itself', () => {
  const sizes = [16, 24, 32, 48, 64, 128, 256]
  const ico = file('icon.ico')
  expect(ico).toEqual(encodeIco(sizes.map((size) => ({ size, png: file(`${size}x${size}.png`) }))))
  const entries = sizes.map((_size, index) => {
    const at = 6 + 16 * index
    const [bytes, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)]
    return sizeOf(ico.subarray(offset, offset + bytes))[1]
  })
  expect([ico.readUInt16LE(4), entries]).toEqual([7, sizes])
})

test('the macOS icon holds every size from 32 to 1024, and its lengths add up', () => {
  const icns = file('icon.icns')
  const found: (readonly [type: string, size: unknown])[] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    found.push([icns.toString('latin1', at, at + 4), sizeOf(icns.subarray(at + 8))[1]])
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length])
  expect(found).toEqual([
    ['ic11', 32],
    ['ic12', 64],
    ['ic07', 128],
    ['ic08', 256],
    ['ic13', 256],
    ['ic09', 512],
    ['ic14', 512],
    ['ic10', 1024],
  ])
  expect(encodeIcns([])).toEqual(Buffer.from('icns\0\0\0\u0008', 'latin1'))
})
