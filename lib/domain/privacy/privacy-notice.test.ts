import { expect, test } from 'vitest'
import { messages } from '#lib/i18n/messages.ts'
import { locales } from '../accounts/user.ts'
import { dataInventory } from './data-inventory.ts'
import { privacyNotice } from './privacy-notice.ts'
import { retentionDays } from './retention.ts'

test('the notice tells of each thing that a table keeps of a person, and when it ends', () => {
  const told = privacyNotice(400)
  for (const { topic, until, personal } of Object.values(dataInventory)) {
    const section = told.find((one) => one.topic === topic)
    for (const item of Object.values(personal)) expect(section?.items).toContain(item)
    if (Object.keys(personal).length > 0) expect(section?.ends.map((end) => end.until)).toContain(until)
  }
  const ends = told.flatMap((section) => section.ends)
  expect(ends.find(({ until }) => until === 'journal')?.days).toBe(400)
  expect(ends.find(({ until }) => until === 'deliveries')?.days).toBe(retentionDays.deliveries)
  expect(ends.find(({ until }) => until === 'account')?.days).toBeNull()
})

test.each(locales)('each of it has words in %s, and what has days says them', (locale) => {
  const { topic, item, until } = messages[locale].privacy
  for (const section of privacyNotice(400)) {
    expect(topic[section.topic].why.length).toBeGreaterThan(20)
    for (const one of section.items) expect(item[one].length).toBeGreaterThan(2)
    for (const end of section.ends) expect(until[end.until].includes('{days')).toBe(end.days !== null)
  }
})
