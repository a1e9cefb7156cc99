import { Search } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { follows, instruments, useWatchlist } from '../../market/market.ts'
import { useWatchlistActions } from '../../market/watchlist-actions.ts'
import { createSearch } from '../../../shared/search.ts'
import { runCommand, useCommands } from '../../ui/commands.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { formatCount } from '../../ui/format.ts'
import { BLOCK_ICON, ICON } from '../../ui/icons.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { ActionEntry, MarketEntry } from './SearchEntries.tsx'
import type { SearchEntry } from './search-entries.ts'
import { MOST_MARKETS, toEntries } from './search-entries.ts'
import styles from './Search.module.css'

const OWNER = 'search'
/** Prices of what is found are followed once typing rests. */
const REST = 250
const NOBODY: readonly never[] = []

/** Finds any listed market and any action, by keyboard alone. */
export function SearchPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('market')
  const { language } = useFormat()
  const dialog = useRef<HTMLDialogElement>(null)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const { list, byKey, state } = useStore(instruments)
  const watchlist = useWatchlist() ?? NOBODY
  const commands = useCommands()
  const actions = useWatchlistActions()
  const search = useMemo(() => createSearch(list), [list])
  const entries = useMemo(
    () => toEntries({ query, search, commands, watchlist, byKey }),
    [query, search, commands, watchlist, byKey],
  )
  const current = Math.min(chosen, entries.length - 1)
  useFollowed(entries)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  const open = (entry: SearchEntry | undefined) => {
    if (!entry) return
    onClose()
    if (entry.kind === 'market') runCommand('market.open', entry.instrument.key)
    else entry.command.run()
  }
  const add = (entry: SearchEntry | undefined) => {
    if (entry?.kind !== 'market') return
    const { key } = entry.instrument
    if (watchlist.includes(key)) actions.remove(key)
    else actions.add(key)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      const next = Math.abs(move) === 1 ? (current + move + entries.length) % entries.length : current + move
      setChosen(Math.min(Math.max(next, 0), Math.max(entries.length - 1, 0)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (event.shiftKey) add(entries[current])
      else open(entries[current])
    }
  }
  const markets = entries.filter((entry) => entry.kind === 'market').length
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-label={t('search.title')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={styles['field']}>
        <Search {...ICON} />
        <input
          type="text"
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls="search-results"
          aria-activedescendant={entries[current]?.id}
          aria-label={t('search.title')}
          placeholder={t('search.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id="search-results" role="listbox" aria-label={t('search.results')} className={styles['results']}>
        {entries.map((entry, index) => (
          <Option
            key={entry.id}
            entry={entry}
            selected={index === current}
            onOpen={open}
            onPoint={() => setChosen(index)}
          >
            {entry.kind === 'market' ? (
              <MarketEntry instrument={entry.instrument} listed={watchlist.includes(entry.instrument.key)} />
            ) : (
              <ActionEntry command={entry.command} />
            )}
          </Option>
        ))}
      </div>
      {entries.length === 0 && (
        <div className={styles['nothing']}>
          <EmptyBlock
            icon={<Search {...BLOCK_ICON} />}
            title={
              state === 'loading'
                ? t('search.loading')
                : state === 'failed'
                  ? t('search.failed')
                  : t('search.nothing', { query })
            }
            text={t('search.nothingText', { markets: formatCount(list.length, language), actions: commands.length })}
          />
        </div>
      )}
      <footer className={styles['foot']}>
        <Hint keys="Enter" text={t('search.open')} />
        <Hint keys="Shift+Enter" text={t('search.add')} />
        <span role="status" className={styles['count']}>
          {query !== '' && t(markets === MOST_MARKETS ? 'search.most' : 'search.count', { count: markets })}
        </span>
      </footer>
    </dialog>
  )
}

function Hint({ keys, text }: { readonly keys: string; readonly text: string }) {
  return (
    <span className={styles['hint']}>
      <Kbd keys={keys} /> {text}
    </span>
  )
}

interface OptionProps {
  readonly entry: SearchEntry
  readonly selected: boolean
  readonly onOpen: (entry: SearchEntry) => void
  readonly onPoint: () => void
  readonly children: React.ReactNode
}

function Option({ entry, selected, onOpen, onPoint, children }: OptionProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    <div
      ref={element}
      id={entry.id}
      role="option"
      aria-selected={selected}
      className={styles['entry']}
      onPointerMove={onPoint}
      onClick={() => onOpen(entry)}
    >
      {children}
    </div>
  )
}

/** Prices of the markets in the list, for as long as it is open. */
function useFollowed(entries: readonly SearchEntry[]): void {
  useEffect(() => {
    const keys = entries.flatMap((entry) => (entry.kind === 'market' ? [entry.instrument.key] : []))
    const timer = setTimeout(() => follows.set(OWNER, keys), REST)
    return () => clearTimeout(timer)
  }, [entries])
  useEffect(() => () => follows.set(OWNER, []), [])
}
