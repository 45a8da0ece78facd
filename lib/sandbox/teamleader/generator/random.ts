const stir = (hash: number, part: number): number => {
  const once = Math.imul(hash ^ part, 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

/** 32 well mixed bits of its parts (the finisher of MurmurHash3 over each). */
export const mix = (a: number, b = 0, c = 0, d = 0): number => stir(stir(stir(stir(0x9e3779b9, a), b), c), d) >>> 0

export const seedOf = (text: string): number => {
  let seed = 0
  for (const character of text) seed = mix(seed, character.codePointAt(0))
  return seed
}

/** A stream of numbers that is the same for the same seed on every machine (mulberry32). */
export class Random {
  #state: number

  constructor(a: number, b = 0, c = 0, d = 0) {
    this.#state = mix(a, b, c, d)
  }

  /** A number from 0, below 1. */
  next(): number {
    const state = (this.#state + 0x6d2b79f5) | 0
    this.#state = state
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T
  }
}

/** Puts `values` in an order drawn from `random`, in place. */
export function shuffle<T>(values: T[], random: Random): T[] {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    ;[values[last], values[other]] = [values[other] as T, values[last] as T]
  }
  return values
}

const hex = Array.from({ length: 0x10000 }, (_, bits) => bits.toString(16).padStart(4, '0'))

/** A UUID of no particular version, as the provider's often are. */
export function recordId(seed: number, salt: number, number: number): string {
  const part = (place: number): [high: string, low: string] => {
    const bits = mix(seed, salt, number, place)
    return [hex[bits >>> 16] as string, hex[bits & 0xffff] as string]
  }
  const [[a, b], [c, d], [e, f], [g, h]] = [part(1), part(2), part(3), part(4)]
  return `${a}${b}-${c}-0${d.slice(1)}-${e}-${f}${g}${h}`
}

const sharedIds = new Map<string, string>()

/** The id of something that many records name, such as a user or a price list; the same in every account. */
export function sharedId(type: string, number: number): string {
  const key = `${type} ${number}`
  const id = sharedIds.get(key) ?? recordId(0, seedOf(type), number)
  sharedIds.set(key, id)
  return id
}
