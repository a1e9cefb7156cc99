/** Won per dollar that the model wanders around. */
export const KRW_PER_USD = 1_385
