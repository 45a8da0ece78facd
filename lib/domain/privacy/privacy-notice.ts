import { dataInventory, type Item, type Topic, topics, type Until } from './data-inventory.ts'
import { retentionDays } from './retention.ts'

export interface NoticeSection {
  topic: Topic
  /** What of a person is kept, each thing once. */
  items: Item[]
  /** What ends it, and how many days later; null where it ends at once. */
  ends: { until: Until; days: number | null }[]
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)]

/** @returns null where it ends with what ends it; 0 keeps it for good */
const daysOf = (until: Until, journalDays: number): number | null => {
  if (until === 'journal') return journalDays
  return Object.hasOwn(retentionDays, until) ? retentionDays[until as keyof typeof retentionDays] : null
}

/** « Vie privée », made of what the tables keep of a person. @param journalDays 0 keeps the journal for good */
export const privacyNotice = (journalDays: number): NoticeSection[] =>
  topics.map((topic) => {
    const tables = Object.values(dataInventory).filter((table) => table.topic === topic)
    const untils = distinct(tables.flatMap(({ until }) => (until ? [until] : [])))
    return {
      topic,
      items: distinct(tables.flatMap(({ personal }) => Object.values(personal))),
      ends: untils.map((until) => ({ until, days: daysOf(until, journalDays) })),
    }
  })
