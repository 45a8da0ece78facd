/** Letters that Unicode does not take apart (UAX #15), as somebody without them on the keyboard types them. */
const plain: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
}

const lower = (letter: string) => {
  const small = letter.toUpperCase().toLowerCase()
  return plain[small] ?? small
}

/** The iota below a Greek vowel is a mark that becomes a letter in capitals. */
const unmarked = (text: string) => text.normalize('NFKD').replaceAll('\u0345', 'ι').replace(/\p{M}/gu, '')

/** Nearly all text: folded, it is itself in lower case. */
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)

/** Text without case and accents: « Établissements » and « ETABLISSEMENTS » fold to the same. */
export const fold = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : unmarked(Array.from(unmarked(text), lower).join(''))

/** The words of a name, a reference or an e-mail address, folded; what is neither letter nor digit parts them. */
export const wordsOf = (text: string): string[] => {
  const folded = fold(text)
  return folded.match(isAscii(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? []
}

/** What is indexed of several texts: each word once. */
export const searchWordsOf = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.flatMap((text) => (text === null ? [] : wordsOf(text)))),
]

/** A name as lists sort it; empty for an empty name alone. */
export const sortNameOf = (name: string): string => wordsOf(name).join(' ') || name

const mostTyped = 8
const longestTyped = 60

/** What is looked for when somebody types this: each word is a prefix, and one that another begins with adds nothing. */
export const prefixesOf = (typed: string): string[] => {
  const messages = searchWordsOf([typed]).map((word) => Array.from(word).slice(0, longestTyped).join(''))
  const distinct = messages.filter((word) => !messages.some((other) => other !== word && other.startsWith(word)))
  // the longest are the rarest
  return [...new Set(distinct)].sort((a, b) => b.length - a.length).slice(0, mostTyped)
}

/** Words that begin with a prefix lie, byte by byte, from the prefix up to this. */
export const prefixEnd = (prefix: string): string => `${prefix}\u{10FFFF}`
