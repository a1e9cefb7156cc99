import { X } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { pairOf, VENUES, venueOf } from '../../../shared/market.ts'
import { instruments } from '../../market/market.ts'
import { classes } from '../../ui/classes.ts'
import styles from './MarketPicker.module.css'

const MOST_FOUND = 40

/** Markets whose venue, pair or name holds every word, in the order of the list. */
export function findMarkets(list: readonly Instrument[], text: string, names: (venue: Instrument['venue']) => string) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found: Instrument[] = []
  for (const instrument of list) {
    const { key, native, names: own, venue } = instrument
    const hay = `${key} ${native} ${names(venue)} ${own.ko ?? ''} ${own.en ?? ''}`.toLowerCase()
    if (words.every((word) => hay.includes(word))) found.push(instrument)
    if (found.length === MOST_FOUND) break
  }
  return found
}

export interface MarketPickerProps {
  readonly id: string
  readonly chosen: readonly InstrumentKey[]
  readonly disabled: boolean
  readonly onChange: (chosen: readonly InstrumentKey[]) => void
}

/** Chosen markets as chips, and a field that finds more. */
export function MarketPicker({ id, chosen, disabled, onChange }: MarketPickerProps) {
  const { t } = useTranslation(['export', 'names'])
  const list = useStore(instruments, (state) => state.list)
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const label = (key: InstrumentKey) => {
    const venue = VENUES.find((known) => known === venueOf(key))
    return `${venue ? t(`names:${venue}`) : venueOf(key)} ${pairOf(key)}`
  }
  const found = useMemo(
    () =>
      open
        ? findMarkets(list, text, (venue) => t(`names:${venue}`)).filter((entry) => !chosen.includes(entry.key))
        : [],
    [open, list, text, chosen, t],
  )
  const add = (instrument: Instrument | undefined) => {
    if (!instrument) return
    onChange([...chosen, instrument.key])
    setText('')
    setActive(0)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setOpen(true)
      setActive((index) => Math.min(Math.max(0, index + step), Math.max(0, found.length - 1)))
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      add(found[active])
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      setOpen(false)
    } else if (event.key === 'Backspace' && text === '') onChange(chosen.slice(0, -1))
  }
  return (
    <div className={styles['picker']}>
      <div
        className={classes(styles['box'], disabled && styles['disabled'])}
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return
          event.preventDefault()
          input.current?.focus()
        }}
      >
        {chosen.map((key) => (
          <span key={key} className={styles['chip']}>
            {label(key)}
            <button
              type="button"
              aria-label={t('export:removeMarket', { market: label(key) })}
              disabled={disabled}
              onClick={() => onChange(chosen.filter((entry) => entry !== key))}
            >
              <X size={12} strokeWidth={1.5} aria-hidden />
            </button>
          </span>
        ))}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(open && found[active] ? { 'aria-activedescendant': `${id}-${active}` } : {})}
          autoComplete="off"
          placeholder={chosen.length === 0 ? t('export:addMarket') : ''}
          value={text}
          disabled={disabled}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={`${id}-list`} role="listbox" aria-label={t('export:markets')} className={styles['list']} hidden={!open}>
        {found.map((instrument, index) => (
          <li
            key={instrument.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={classes(styles['option'], index === active && styles['active'])}
            ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            onPointerDown={(event) => {
              event.preventDefault() // the field keeps the focus
              add(instrument)
            }}
          >
            {label(instrument.key)}
            <span>{instrument.names.ko ?? instrument.names.en}</span>
          </li>
        ))}
        {found.length === 0 && <li className={styles['none']}>{t('export:noMarketFound', { text })}</li>}
      </ul>
    </div>
  )
}
