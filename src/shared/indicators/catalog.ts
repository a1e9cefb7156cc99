/** All indicators by name, and how a choice of them is kept in the settings. */

import { z } from 'zod'
import { ema, sma, vwap } from './averages.ts'
import { bollinger, bollingerPercent, bollingerWidth } from './bands.ts'
import type { Indicator } from './indicator.ts'
import { atr, macd, roc, rsi, stochastic, williams } from './momentum.ts'
import { accumulation, moneyFlow } from './volumes.ts'

/** In the order in which they are offered. */
export const INDICATOR_IDS = [
  'sma',
  'ema',
  'bollinger',
  'vwap',
  'rsi',
  'macd',
  'stochastic',
  'williams',
  'roc',
  'atr',
  'bollingerWidth',
  'bollingerPercent',
  'accumulation',
  'moneyFlow',
] as const
export type IndicatorId = (typeof INDICATOR_IDS)[number]

export const INDICATORS: Readonly<Record<IndicatorId, Indicator>> = {
  sma,
  ema,
  bollinger,
  vwap,
  rsi,
  macd,
  stochastic,
  williams,
  roc,
  atr,
  bollingerWidth,
  bollingerPercent,
  accumulation,
  moneyFlow,
}

/** A chart with more is not readable. */
export const MOST_INDICATORS = 8

/** An indicator on the chart. A parameter that is absent has its usual value. */
export const chosenIndicatorSchema = z
  .strictObject({ id: z.enum(INDICATOR_IDS), parameters: z.record(z.string(), z.number().int()).default({}) })
  .superRefine(({ id, parameters }, context) => {
    const known = INDICATORS[id].parameters
    for (const [name, value] of Object.entries(parameters)) {
      const parameter = known[name]
      const path = ['parameters', name]
      if (!parameter) context.addIssue({ code: 'custom', path, message: `is not a parameter of ${id}` })
      else if (value < parameter.least || value > parameter.most)
        context.addIssue({ code: 'custom', path, message: `must be from ${parameter.least} to ${parameter.most}` })
    }
  })
export type ChosenIndicator = z.infer<typeof chosenIndicatorSchema>

/** All parameters of a choice, the usual ones among them. */
export function parametersOf({ id, parameters }: ChosenIndicator): Readonly<Record<string, number>> {
  const known = Object.entries(INDICATORS[id].parameters)
  return Object.fromEntries(known.map(([name, { initial }]) => [name, parameters[name] ?? initial]))
}
