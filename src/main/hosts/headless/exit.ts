/** What an exit code says. */
export const EXIT = {
  ok: 0,
  /** Something went wrong; stderr says what. */
  failed: 1,
  /** The command line is wrong; stderr names the field and the remedy. */
  usage: 2,
  /** `decode`: some lines were wrong; each has its { line, error } on stdout. */
  wrongLines: 3,
  /** `status`: no engine runs on that folder. */
  notRunning: 4,
} as const
