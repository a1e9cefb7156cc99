/** A sentence with `{{names}}` in it, and its values in their places: how reasons and notes become English where no page says them. */
export function fillSentence(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}
