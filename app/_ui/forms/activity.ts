'use client'

/** What the forms of this page are doing, whichever of them it is. */

const answerMs = 2000

let begun = 0
let underWay = 0
let answeredAt = Number.NEGATIVE_INFINITY
let loaded = false
const listeners = new Set<() => void>()

/** @returns to be called once the answer is there. */
export const beginRequest = (): (() => void) => {
  begun += 1
  underWay += 1
  for (const tell of listeners) tell()
  return () => {
    underWay -= 1
    answeredAt = performance.now()
  }
}

/** How many requests were sent so far: a change says that somebody went on to something else. */
export const requestCount = (): number => begun

export const onRequest = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const pageLoaded = (): void => {
  loaded = true
}

/** What appears now answers somebody: the page has just been opened, or a form is being answered. */
export const isAnswering = (): boolean => !loaded || underWay > 0 || performance.now() - answeredAt < answerMs
