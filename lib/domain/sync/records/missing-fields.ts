import { idMark } from '../id-mark.ts'

/** Of fewer records nothing can be concluded: one may well have lost what it had. */
const fewest = 3

type Body = Readonly<Record<string, unknown>>

/** By field, marks of the records that had it and came without, since it last came with any; of each field the first three. */
export type MissingFields = Readonly<Record<string, readonly string[]>>

/**
 * What a page says of fields that may be hidden: whoever is connected perhaps lost the right to see them, and to store the
 * page would forget them. A field that comes with any record, even empty, is not hidden.
 *
 * @param before what the pages before said
 * @param sent all that came
 * @param known of each record that is stored, what is stored and what came
 * @returns `hiddenFields` are those that this page would forget although it is certain enough that they are hidden
 */
export const noteMissingFields = (
  before: MissingFields,
  sent: readonly Body[],
  known: readonly { id: string; stored: Body; sent: Body }[],
): { missingFields: MissingFields; hiddenFields: string[] } => {
  const came = new Set(sent.flatMap(Object.keys))
  const missingFields = new Map(Object.entries(before).filter(([field]) => !came.has(field)))
  const missed = new Set<string>()
  for (const record of known)
    for (const field of Object.keys(record.stored)) {
      if (came.has(field)) continue
      const marks = new Set([...(missingFields.get(field) ?? []), idMark(record.id)])
      missingFields.set(field, [...marks].slice(0, fewest))
      missed.add(field)
    }
  const noted = Object.fromEntries(missingFields)
  return { missingFields: noted, hiddenFields: hiddenFields(noted).filter((field) => missed.has(field)) }
}

/** Fields that are taken to be hidden: three records had them, and none has. */
export const hiddenFields = (missingFields: MissingFields): string[] =>
  Object.keys(missingFields).filter((field) => (missingFields[field] ?? []).length >= fewest)
