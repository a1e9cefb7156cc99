/** What axe objects to on a page. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly target: readonly string[] }[]
}

/** What axe finds, as 'rule at element'. It is put in through the debugger, as the page's policy would not let it in. */
export async function violations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: AXE })
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run(document, { resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations))',
    awaitPromise: true,
  })
  const found = JSON.parse(String(result.value)) as Violation[]
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target }) => `${impact ?? ''} ${id} at ${target.join(' ')}`),
  )
}
