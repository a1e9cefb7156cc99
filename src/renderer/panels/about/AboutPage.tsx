export function AboutPage() {
  return undefined
}
