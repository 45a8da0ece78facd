import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** « Safely unguessable »: more than 10^8 guesses, of which argon2 lets nobody make many. */
const leastScore = 3

/** What is longer than this is judged by its beginning: the time an estimate takes grows with the square. */
const judgedLength = 72

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Names as they may stand in a password: whole and word by word, without accents. */
const wordsOf = (names: readonly string[]): string[] => {
  const words = names.map(fold).flatMap((name) => [name, name.replace(/[^a-z0-9]+/g, ''), ...name.split(/[^a-z0-9]+/)])
  return [...new Set(words)].filter((word) => word.length > 2).sort((a, b) => b.length - a.length)
}

let estimator: Promise<ZxcvbnFactory> | undefined

/** Its dictionary is read when the first password is chosen, not when the app starts. */
const loadEstimator = async () => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/**
 * Whether a password is easily guessed, by somebody who knows these names: the names alone, or with little around them,
 * are worth nothing.
 */
export const isGuessable = async (password: string, names: readonly string[]): Promise<boolean> => {
  estimator ??= loadEstimator()
  const zxcvbn = await estimator
  const words = wordsOf(names)
  const judged = password.normalize('NFC').slice(0, judgedLength)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), fold(judged))
  return [judged, rest].some((text) => zxcvbn.check(text, words).score < leastScore)
}
