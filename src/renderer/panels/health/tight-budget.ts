/** Share of a limit from which it is worth a colour. */
export const TIGHT_BUDGET = 0.8
