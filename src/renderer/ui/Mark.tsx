/** The product's mark: two reels, and the tape between them as a price line. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 26 26" width={size} height={size} fill="none" aria-hidden>
      <g stroke="var(--text)" strokeWidth="1.7">
        <circle cx="7.6" cy="10" r="4.4" />
        <circle cx="18.4" cy="10" r="4.4" />
      </g>
      <g fill="var(--text)">
        <circle cx="7.6" cy="10" r="1.2" />
        <circle cx="18.4" cy="10" r="1.2" />
      </g>
      <path
        d="M4 13.4 6.6 20l4-2.6 3.2 2 4-4 2 4.6L22 13.4"
        stroke="var(--accent)"
        strokeWidth="1.7"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
