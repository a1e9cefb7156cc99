/** The doctor's own topic: made, written to, read from, deleted. */
export const SCRATCH = 'tapedeck.doctor'

/** What is left by a doctor who could not delete it goes after an hour. */
export const SCRATCH_CONFIGS = { 'retention.ms': '3600000' }
