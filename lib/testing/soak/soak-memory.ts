interface Size {
  memoryKb: number
  descriptors: number
}

const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** How much larger a process was in the last quarter of its time than in the first; NaN where nothing was measured. */
export const quarterRatios = (sizes: Size[]) => {
  const quarter = Math.ceil(sizes.length / 4)
  const ratio = (of: (size: Size) => number) =>
    mean(sizes.slice(-quarter).map(of)) / mean(sizes.slice(0, quarter).map(of))
  return { memory: ratio(({ memoryKb }) => memoryKb), descriptors: ratio(({ descriptors }) => descriptors) }
}
