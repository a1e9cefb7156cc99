import styles from './Spinner.module.css'

/** Work is going on: shows after 300 ms, so that what is quick never blinks. */
export function Spinner({ label }: { readonly label: string }) {
  return <span role="status" aria-label={label} className={styles['spinner']} />
}
