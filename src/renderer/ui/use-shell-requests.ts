/** Does what the desktop shell asks for: from its menus, its tray, a link. */

import { useEffect } from 'react'
import type { ShellRequest } from '../../shared/shell-contract.ts'
import { followShell } from '../bridge/shell.ts'
import { focus } from '../market/market.ts'
import { runCommand } from './commands.ts'

export function useShellRequests(): void {
  useEffect(() => followShell('requests', {}, answer), [])
}

function answer(request: ShellRequest): void {
  switch (request.kind) {
    case 'command':
      runCommand(request.command)
      break
    case 'page':
      runCommand('page.open', request.page)
      break
    case 'market':
      runCommand('page.open', 'trade')
      focus.openMarket(request.instrument)
      break
    case 'layout':
      if (request.chart.instrument !== null) focus.openMarket(request.chart.instrument)
      focus.setInterval(request.chart.interval)
      break
  }
}
