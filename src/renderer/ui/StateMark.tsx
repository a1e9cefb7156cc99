import { classes } from './classes.ts'
import styles from './StateMark.module.css'
import type { Mark } from './venues.ts'

/** A state as a shape of 8 px and a colour: never a colour alone. The word for it stands beside, or in `label`. */
export function StateMark({ mark, label }: { readonly mark: Mark; readonly label?: string }) {
  return (
    <svg
      viewBox="0 0 8 8"
      className={classes(styles['mark'], styles[mark])}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {SHAPES[mark]}
    </svg>
  )
}

const SHAPES: Readonly<Record<Mark, React.ReactNode>> = {
  live: <circle cx="4" cy="4" r="3" fill="currentColor" />,
  polled: (
    <>
      <circle cx="4" cy="4" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M4 1.4a2.6 2.6 0 0 0 0 5.2z" fill="currentColor" />
    </>
  ),
  waiting: <circle cx="4" cy="4" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.2" strokeDasharray="2 1.6" />,
  silent: <circle cx="4" cy="4" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  down: <path d="M1.4 1.4 6.6 6.6M6.6 1.4 1.4 6.6" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />,
  off: <path d="M1.4 4h5.2" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />,
}
