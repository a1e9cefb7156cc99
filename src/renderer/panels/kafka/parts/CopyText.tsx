import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import styles from './CopyText.module.css'

/** Text to copy, such as a command or lines of a file, with the name of the file over it. */
export function CopyText({ text, file }: { readonly text: string; readonly file?: string | undefined }) {
  const { t } = useTranslation('kafka')
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <div className={styles['box']}>
      {file && <div className={styles['file']}>{file}</div>}
      <pre>{text}</pre>
      <span className={styles['copy']}>
        <IconButton
          size="small"
          label={t(copied ? 'copied' : 'copy')}
          icon={copied ? <Check {...SMALL_ICON} /> : <Copy {...SMALL_ICON} />}
          onClick={() => void copy()}
        />
      </span>
    </div>
  )
}
