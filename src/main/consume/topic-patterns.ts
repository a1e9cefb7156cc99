/** Whether a topic is one of those named, by name or by a pattern with "*". */
export function createTopicTest(patterns: readonly string[]): (topic: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const tests = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`))
  return (topic) => exact.has(topic) || tests.some((test) => test.test(topic))
}

function escape(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
}
