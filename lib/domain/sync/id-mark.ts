/**
 * A short mark of an id, to count distinct ones without keeping them whole. Two ids with one mark make a count too small,
 * never too large: nothing is taken for complete that is not.
 */
export const idMark = (id: string): string => {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let index = 0; index < id.length; index += 1) {
    const unit = id.charCodeAt(index)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36)
}

/** One mark for all the ids of a page, whatever their order: two pages with the same mark hold the same records. */
export const pageMark = (ids: readonly (string | null)[]): string =>
  idMark(
    ids
      .map((id) => id ?? '')
      .sort()
      .join(' '),
  )
