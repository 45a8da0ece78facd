import type { FailureCode } from '../failure-codes.ts'
import { hasInvisible } from '../invisible.ts'

/** Characters: a few sentences. */
export const noteLength = 500

/** As it is stored: composed, lines as they were typed, without blanks around. */
export const normalizeNote = (typed: string): string => typed.normalize('NFC').replace(/\r\n?/g, '\n').trim()

export const checkNote = (typed: string): FailureCode[] => {
  const note = normalizeNote(typed)
  const wrong = note === '' || note.length > noteLength || hasInvisible(note.replaceAll('\n', ' '))
  return wrong ? ['note_malformed'] : []
}
