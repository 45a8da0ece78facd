/**
 * One read for all who ask the same in one turn of the event loop: it begins when they all have asked, so that nobody is
 * answered with what was read before their question.
 */
export const coalescedReads = <Query, Found>(
  nameOf: (query: Query) => string,
  read: (query: Query, now: Date) => Promise<Found>,
) => {
  const waiting = new Map<string, Promise<Found>>()
  return (query: Query, now: Date): Promise<Found> => {
    const name = nameOf(query)
    const known = waiting.get(name)
    if (known !== undefined) return known
    const found = new Promise<void>((done) => setImmediate(done)).then(() => {
      waiting.delete(name)
      return read(query, now)
    })
    waiting.set(name, found)
    return found
  }
}
