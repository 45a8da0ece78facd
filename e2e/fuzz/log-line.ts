/** What is told on purpose in words: the link of the first run. Everything else is JSON of ours. */
export const isOurs = (line: string): boolean => {
  if (line.startsWith('Create the first support user (once, within 24 hours): ')) return true
  try {
    const { level, time, msg } = JSON.parse(line) as Record<string, unknown>
    return typeof level === 'string' && typeof time === 'string' && typeof msg === 'string'
  } catch {
    return false
  }
}
