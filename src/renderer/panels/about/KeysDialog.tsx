export function KeysHost() {
  return undefined
}
