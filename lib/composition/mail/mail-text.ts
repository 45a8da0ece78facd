/** Marks and line ends that would let a name say more than it is: control characters, and those that turn the writing direction. */
const unwritten = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu

/** Where a mail program would begin or go on with a link: a word joiner, which is not seen, keeps it from being one. */
const linking = /(?<=\S)(?=[.:/@\\]\S)/gu

/** What somebody typed as a name, as text of a mail: one line, and never a link. */
export const mailText = (name: string): string =>
  name.replace(unwritten, ' ').replace(/ +/g, ' ').trim().replace(linking, '\u2060')
