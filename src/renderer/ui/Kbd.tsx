import styles from './Kbd.module.css'
import { keyCaps } from './commands.ts'

/** A key combination as it is lettered on the keyboard. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles['kbd']}>{keyCaps(keys).join(' ')}</kbd>
}
