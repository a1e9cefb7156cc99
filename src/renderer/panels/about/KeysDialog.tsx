import { Keyboard } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedCommand } from '../../ui/commands.ts'
import { useCommand, useCommands } from '../../ui/commands.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ICON } from '../../ui/icons.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './KeysDialog.module.css'

const GROUPS: readonly ListedCommand['group'][] = ['general', 'pages', 'panels', 'market', 'chart']

/** Opens the list of keys on command. */
export function KeysHost() {
  const [open, setOpen] = useState(false)
  useCommand(
    'keys.open',
    useCallback(() => setOpen(true), []),
  )
  return open ? <KeysDialog onClose={() => setOpen(false)} /> : undefined
}

function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['about', 'shell'])
  const commands = useCommands().filter((command) => (command.keys?.length ?? 0) > 0)
  return (
    <Dialog width={640} title={t('about:keysTitle')} icon={<Keyboard {...ICON} />} onClose={onClose}>
      <div className={styles['groups']}>
        {GROUPS.map((group) => {
          const members = commands.filter((command) => command.group === group)
          if (members.length === 0) return undefined
          return (
            <section key={group} aria-label={t(`shell:keyGroups.${group}`)}>
              <h3>{t(`shell:keyGroups.${group}`)}</h3>
              <dl>
                {members.map((command) => (
                  <div key={command.title}>
                    <dt>{command.title}</dt>
                    <dd>
                      {command.keys?.map((keys) => (
                        <Kbd key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
