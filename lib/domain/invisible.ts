/**
 * Control, zero-width and bidirectional characters, line breaks, and what is drawn as nothing: text that holds one is
 * not what its reader sees.
 */
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

export const hasInvisible = (text: string): boolean => invisible.test(text)
