import type { PresetId } from '../../../shared/kafka-settings.ts'
import type { Preset, PresetOptions } from './preset.ts'
import { createS0 } from './s0.ts'
import { createS1 } from './s1.ts'
import { createS2 } from './s2.ts'
import { createS3 } from './s3.ts'
import { createS4 } from './s4.ts'

/** The presets for earlier systems, by id. The own topics are no preset: their records are the journal's, byte for byte. */
export const PRESET_MAKERS: Readonly<Record<Exclude<PresetId, 'own'>, (options: PresetOptions) => Preset>> = {
  s0: ({ market }) => createS0(market),
  s1: ({ market }) => createS1(market),
  s2: ({ partitions }) => createS2(partitions),
  s3: ({ prefix }) => createS3(prefix),
  s4: () => createS4(),
}
