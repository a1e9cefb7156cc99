/** The line of every icon: 16 px alone and in the bars, 14 px inside controls. */
export const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const
export const SMALL_ICON = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const
export const RAIL_ICON = { size: 18, strokeWidth: 1.5, 'aria-hidden': true } as const
export const BLOCK_ICON = { size: 22, strokeWidth: 1.2, 'aria-hidden': true } as const
