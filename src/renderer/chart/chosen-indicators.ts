import { useMemo } from 'react'
import { useSettings } from '../bridge/settings-store.ts'
import type { ChosenIndicator } from '../../shared/indicators/catalog.ts'

/** The chosen indicators; another list only where the choice is another, whatever else of the settings has changed. */
export function useChosenIndicators(): readonly ChosenIndicator[] {
  const told = JSON.stringify(useSettings().indicators)
  return useMemo(() => JSON.parse(told) as readonly ChosenIndicator[], [told])
}
