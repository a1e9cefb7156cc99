/** Draws resources/mark.svg in every size that a system asks for, with the Chromium of the tests: `node scripts/package/icons.ts`. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { browserPath } from '../../tests/e2e/app.ts'
import type { Picture } from './icon-files.ts'
import { encodeIcns, encodeIco } from './icon-files.ts'

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Windows draws no icon bigger than this. */
const LARGEST_ICO = 256
/** macOS leaves air around an icon's plate: 824 of 1024 pixels. */
const MAC_SHARE = 824 / 1024

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'resources/icons')
const mark = readFileSync(join(root, 'resources/mark.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] })

async function draw(size: number, share: number): Promise<Picture> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const inner = Math.round(size * share)
  await page.setContent(
    `<style>body{margin:0;display:grid;place-items:center;height:100vh}svg{display:block;width:${inner}px;height:${inner}px}</style>${mark}`,
  )
  const png = await page.screenshot({ omitBackground: true })
  await page.close()
  return { size, png }
}

async function drawAll(share: number): Promise<readonly Picture[]> {
  const pictures: Picture[] = []
  for (const size of SIZES) pictures.push(await draw(size, share))
  return pictures
}

try {
  mkdirSync(folder, { recursive: true })
  const plain = await drawAll(1)
  for (const { size, png } of plain) writeFileSync(join(folder, `${size}x${size}.png`), png)
  writeFileSync(join(folder, 'icon.ico'), encodeIco(plain.filter(({ size }) => size <= LARGEST_ICO)))
  writeFileSync(join(folder, 'icon.icns'), encodeIcns(await drawAll(MAC_SHARE)))
} finally {
  await browser.close()
}
