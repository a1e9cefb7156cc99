/** Why there is no update, in one sentence for the user. */
export class UpdateError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UpdateError'
  }
}
