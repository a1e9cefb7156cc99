import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toFault } from '../../../shared/faults.ts'
import { MOST_RSS, newsUrl } from '../../../shared/items-settings.ts'
import type { Settings } from '../../../shared/settings.ts'
import { session } from '../../bridge/session.ts'
import { Button } from '../../ui/Button.tsx'
import { faultLine } from '../../ui/fault-text.ts'
import { FieldError } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Input } from '../../ui/Input.tsx'
import { SettingRow } from './SettingRow.tsx'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'

type News = Settings['news']
type Tested = { readonly url: string; readonly text?: string; readonly error?: string }

/** The addresses of the RSS feed: added, removed, and tested before they are added. */
export function RssEditor({ setting }: { readonly setting: Setting<News> }) {
  const { t } = useTranslation(['news', 'settings'])
  const id = useId()
  const [text, setText] = useState('')
  const [tested, setTested] = useState<Tested>()
  const [testing, setTesting] = useState(false)
  const { value, locked, save } = setting
  const url = text.trim()

  /** Why an address cannot be asked; undefined where it can. */
  const problemOf = (wanted: string) => (newsUrl.safeParse(wanted).success ? undefined : t('news:settings.rssBad'))
  const refuse = (error: string) => setTested({ url, error })

  const test = (wanted: string) => {
    const problem = problemOf(wanted)
    if (problem !== undefined) return refuse(problem)
    setTesting(true)
    session
      .call('items.test', { url: wanted }, 30_000)
      .then(
        ({ title, items }) =>
          setTested({ url: wanted, text: t('news:settings.tested', { title: title ?? hostOf(wanted), count: items }) }),
        (error: unknown) => setTested({ url: wanted, error: faultLine(toFault(error)) }),
      )
      .finally(() => setTesting(false))
  }
  const add = () => {
    if (url === '') return
    const problem = problemOf(url)
    if (problem !== undefined) return refuse(problem)
    if (value.rss.includes(url)) return refuse(t('news:settings.rssTwice'))
    if (value.rss.length >= MOST_RSS) return refuse(t('news:settings.rssFull', { count: MOST_RSS }))
    save({ ...value, rss: [...value.rss, url] })
    setText('')
    setTested(undefined)
  }
  return (
    <SettingRow id={id} label={t('news:settings.rss')} setting={{ ...setting, error: undefined }}>
      <ul className={styles['urls']}>
        {value.rss.map((each) => (
          <li key={each}>
            <span title={each}>{each}</span>
            <Button size="small" kind="ghost" disabled={testing} onClick={() => test(each)}>
              {t('news:settings.test')}
            </Button>
            <IconButton
              size="small"
              label={t('news:settings.remove', { url: each })}
              icon={<X {...SMALL_ICON} />}
              disabled={locked}
              onClick={() => save({ ...value, rss: value.rss.filter((other) => other !== each) })}
            />
          </li>
        ))}
        {value.rss.length === 0 && <li className={styles['help']}>{t('news:settings.noRss')}</li>}
      </ul>
      <form
        className={styles['inline']}
        noValidate // the sentence below says more, and in the reader's language
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <Input
          id={id}
          type="url"
          inputMode="url"
          maxLength={500}
          placeholder="https://example.com/rss"
          aria-label={t('news:settings.rssAdd')}
          aria-describedby={`${id}-tested`}
          invalid={tested?.error !== undefined && tested.url === url}
          value={text}
          disabled={locked}
          onChange={(event) => setText(event.target.value)}
        />
        <Button disabled={url === '' || testing} onClick={() => test(url)}>
          {t(testing ? 'news:settings.testing' : 'news:settings.test')}
        </Button>
        <Button type="submit" icon={<Plus {...SMALL_ICON} />} disabled={locked || url === ''}>
          {t('news:settings.add')}
        </Button>
      </form>
      <span id={`${id}-tested`} role="status">
        {tested?.text && <span className={styles['help']}>{tested.text}</span>}
        {tested?.error && <FieldError id={`${id}-error`} text={tested.error} />}
      </span>
    </SettingRow>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
