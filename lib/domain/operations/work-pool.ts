interface Work<T> {
  /** How many may be under way at once. */
  places: number
  /** Takes work for so many free places: no other process takes it too. */
  claim(free: number): Promise<T[]>
  /** Never throws. */
  work(item: T): Promise<void>
}

/** Works off what is claimed: a place is taken again as soon as it becomes free, so that slow work holds its own place alone. */
export const workPool = <T>({ places, claim, work }: Work<T>) => {
  const underWay = new Set<Promise<void>>()
  let held = 0
  let begun = 0
  let closed = false

  const begin = (item: T) => {
    const run = async () => {
      try {
        await work(item)
      } finally {
        held -= 1
      }
      // what cannot be claimed now is told to the next who fills the pool
      await fill().catch(() => {})
    }
    const ended = run().finally(() => underWay.delete(ended))
    underWay.add(ended)
    begun += 1
  }

  /** Claims for the places that are free, and begins what was claimed. */
  const fill = async (): Promise<void> => {
    const free = places - held
    if (closed || free === 0) return
    // held while they are asked for, so that nobody claims for them too
    held += free
    let claimed: T[] = []
    try {
      claimed = await claim(free)
    } finally {
      held -= free - claimed.length
    }
    for (const item of claimed) begin(item)
  }

  /** Waits until nothing is under way. @returns how many were begun since it was last asked */
  const settle = async (): Promise<number> => {
    while (underWay.size > 0) await Promise.all(underWay)
    const count = begun
    begun = 0
    return count
  }

  /** Claims nothing from now on; what is under way goes on. */
  const close = () => {
    closed = true
  }

  return { fill, settle, close }
}
