export function DataPage() {
  return undefined
}
