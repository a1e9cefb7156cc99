import { createInterface } from 'node:readline'
import { Argument, Command } from 'commander'
import { decodeLines } from '../../../exchanges/decode-lines.ts'
import { adapters } from '../../../exchanges/registry.ts'
import { EXIT } from '../exit.ts'

/** `decode <exchange>`: what Tapedeck reads out of a venue's raw frames. */
export function decodeCommand(): Command {
  return new Command('decode')
    .description('Decode raw frames, one a line on standard input: one JSON line per event on standard output.')
    .addArgument(new Argument('<exchange>', 'whose frames').choices(adapters.map(({ name }) => name)))
    .option('--all', 'control frames too')
    .addHelpText(
      'after',
      `
Output: { line, market, at, data } per event, { line, error } for a frame that is wrong; with --all { line, control }.
Exit codes: ${EXIT.ok} all lines read, ${EXIT.wrongLines} some were wrong.`,
    )
    .action(async (asked: string, options: { all?: boolean }) => {
      const exchange = adapters.find(({ name }) => name === asked)?.exchange
      if (!exchange) throw new Error(`No adapter for ${asked}.`)
      const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })
      let wrong = 0
      let text = ''
      for await (const output of decodeLines(exchange, lines, { all: options.all === true })) {
        if ('error' in output) wrong += 1
        text += `${JSON.stringify(output)}\n`
        if (text.length > 65_536) {
          if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
          text = ''
        }
      }
      await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
      if (wrong > 0) {
        process.stderr.write(`tapedeck: ${wrong} wrong ${wrong === 1 ? 'line' : 'lines'}\n`)
        process.exitCode = EXIT.wrongLines
      }
    })
}
