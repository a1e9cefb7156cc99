import { useTranslation } from 'react-i18next'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import type { Millis } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { AskNow } from '../news/AskNow.tsx'
import { FEED_MARKS, useFeedName, useRefused, useTrouble } from '../news/feed-states.ts'
import { Figure } from './Figure.tsx'
import styles from './VenueTable.module.css'

const TONES: Readonly<Record<ItemFeedState['state'], string | undefined>> = {
  off: 'dim',
  keyless: 'dim',
  waiting: 'dim',
  live: undefined,
  down: 'bad',
}

/** One feed's figures; of one that is down the reason, its cure and when it is asked again. */
export function FeedHealthRow({ state }: { readonly state: ItemFeedState }) {
  const { t } = useTranslation(['news', 'health'])
  const format = useFormat()
  const now = useNow()
  const trouble = useTrouble(state)
  const refused = useRefused(state)
  const name = useFeedName(state)
  const { url, since, lastAt, lastItemAt, nextAt, items, duplicates, attempt, fault } = state
  const age = (at: Millis | undefined) => format.age(at === undefined ? undefined : Math.max(0, now - at))
  const tone = TONES[state.state]
  return (
    <tr className={styles['row']}>
      <th scope="row" className={styles['name']} title={url}>
        {name}
      </th>
      <td>
        <span className={classes(styles['state'], tone && styles[tone])}>
          <StateMark mark={FEED_MARKS[state.state]} />
          {t(`news:state.${state.state}`)}
          {attempt > 0 && <small>{t('health:attemptNow', { attempt })}</small>}
        </span>
      </td>
      <Figure>{age(since)}</Figure>
      <Figure zero={lastItemAt === undefined}>{age(lastItemAt)}</Figure>
      <Figure zero={lastAt === undefined}>{age(lastAt)}</Figure>
      <Figure zero={items === 0}>{format.count(items)}</Figure>
      <Figure zero={duplicates === 0}>{format.count(duplicates)}</Figure>
      <Figure zero={refused.count === 0} tone={refused.count > 0 ? styles['warn'] : undefined} title={refused.why}>
        {format.count(refused.count)}
      </Figure>
      <Figure zero={nextAt === undefined}>
        {format.age(nextAt === undefined ? undefined : Math.max(0, nextAt - now))}
      </Figure>
      <td title={[trouble?.what, trouble?.cure, fault?.message].filter(Boolean).join('\n')}>
        {trouble?.what} {trouble?.cure !== undefined && <span className={styles['dim']}>{trouble.cure}</span>}
      </td>
      <td>
        <AskNow state={state} />
      </td>
    </tr>
  )
}
