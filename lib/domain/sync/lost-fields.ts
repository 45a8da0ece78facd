/** Of fewer records nothing can be concluded: one may well have lost what it had. */
const fewest = 3

type Body = Readonly<Record<string, unknown>>

/**
 * Fields that came with no record of a page though those that are stored have them: whoever is connected lost the right to
 * see them, and to store the page would forget them. An emptied field still comes, as null.
 *
 * @param pairs of each record, what is stored and what came
 * @returns none while fewer than three stored records had a field
 */
export const lostFields = (pairs: readonly { stored: Body; sent: Body }[]): string[] => {
  const had = new Map<string, { all: number; lost: number }>()
  for (const { stored, sent } of pairs)
    for (const field of Object.keys(stored)) {
      const { all, lost } = had.get(field) ?? { all: 0, lost: 0 }
      had.set(field, { all: all + 1, lost: lost + (Object.hasOwn(sent, field) ? 0 : 1) })
    }
  return [...had].filter(([, { all, lost }]) => all >= fewest && lost === all).map(([field]) => field)
}
