/** F6: from panel to panel, in the order of the page. */

const panels = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-panel]')].filter((panel) => panel.offsetParent !== null)

/** Focus goes to the tabs of the next (1) or previous (−1) panel, or, where it has none, to the panel itself. */
export function stepPanel(step: 1 | -1): void {
  const all = panels()
  const index = all.findIndex((panel) => panel.contains(document.activeElement))
  const start = index < 0 && step < 0 ? 0 : index
  const panel = all[(start + step + all.length) % all.length]
  const tab = panel?.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')
  ;(tab ?? panel)?.focus()
}

/** Alt ← →: the previous or next tab of the panel in focus. */
export function stepTab(step: 1 | -1): void {
  const panel = panels().find((entry) => entry.contains(document.activeElement))
  const tabs = [...(panel?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])]
  const index = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true')
  const tab = tabs[(index + step + tabs.length) % tabs.length]
  tab?.focus()
  tab?.click()
}
