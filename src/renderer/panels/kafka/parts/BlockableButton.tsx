import type { ButtonProps } from '../../../ui/Button.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Tooltip } from '../../../ui/Tooltip.tsx'
import styles from './BlockableButton.module.css'

export interface BlockableButtonProps extends ButtonProps {
  /** Why it cannot be pressed: said on focus and on hover. Undefined: it can. */
  readonly block: string | undefined
}

/** A button that says why it is off. It stays in reach of the keyboard, so that the reason does too. */
export function BlockableButton({ block, onClick, className, ...rest }: BlockableButtonProps) {
  if (block === undefined) return <Button {...rest} className={className} onClick={onClick} />
  return (
    <Tooltip text={block}>
      <Button {...rest} kind="secondary" aria-disabled className={styles['blocked']} />
    </Tooltip>
  )
}
