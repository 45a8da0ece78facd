/** Crockford's base 32: no letter that is read as another, or as a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export const recoveryCodeCount = 10
const length = 8

/** @param hex at least 16 hexadecimal digits, at random @returns « k7rm-2w9x »: 40 bits */
export const recoveryCodeFrom = (hex: string): string => {
  const signs = Array.from({ length }, (_, index) => {
    const byte = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)
    return alphabet[byte % alphabet.length]
  })
  return `${signs.slice(0, 4).join('')}-${signs.slice(4).join('')}`
}

/** As it is hashed: whatever the case and the blanks, and a letter that is none of ours as the digit it looks like. */
export const normalizeRecoveryCode = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replace(/[il]/g, '1')
    .replaceAll('o', '0')
