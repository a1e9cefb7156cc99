/** Something on this machine keeps Kafka from running. The message is one or two sentences for the person at the terminal, with the remedy. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}
