import type { getTranslations } from 'next-intl/server'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { type FailureCode, failures } from '#lib/domain/failure-codes.ts'
import { actorGroups, eventsOfKind, type JournalTerm, journalKinds } from '#lib/domain/journal/journal-view.ts'
import { prefixesOf, wordsOf } from '#lib/domain/support/search-words.ts'
import { messageKey } from '#lib/i18n/provider-messages.ts'
import { facts } from './journal-messages.ts'

type Translator = Awaited<ReturnType<typeof getTranslations<never>>>

const events = journalKinds.flatMap(eventsOfKind)
const codes = Object.keys(failures) as FailureCode[]

/** No word begins like this: what holds neither a letter nor a digit finds nothing. */
const unfindable = ['-']

/** Names of facts stand beside their values; ids are hidden among them, and chance would find a short part of one. */
const isPartOfFact = (word: string) =>
  word.length > 2 &&
  !facts.some((name) => name.toLowerCase().includes(word)) &&
  (word.length > 5 || !/^[a-f\d]*[a-f][a-f\d]*$/.test(word))

/**
 * What the words that somebody typed stand for: a word is found where one of the words that the journal shows begins with
 * it, in the language of the request.
 *
 * @param people who of the tenant can be named
 */
export const termsOf = (
  typed: string,
  t: Translator,
  people: readonly { id: string; name: string }[],
): JournalTerm[] => {
  const prefixes = prefixesOf(typed)
  const causesOf = (code: FailureCode) => providerIds.map((one) => t(messageKey(one, `failures.${code}.cause`)))
  return (typed !== '' && prefixes.length === 0 ? unfindable : prefixes).map((prefix) => {
    const begins = (...texts: string[]) => texts.some((text) => wordsOf(text).some((word) => word.startsWith(prefix)))
    return {
      events: events.filter((event) => begins(t(`journal.event.${event}`))),
      outcomes: codes.filter((code) => begins(code, ...causesOf(code))),
      failed: begins(t('journal.failed')),
      actors: actorGroups.filter((group) => begins(t(`journal.actor.${group}`))),
      people: people.filter(({ name }) => begins(name)).map(({ id }) => id),
      providers: providerIds.filter((provider) => begins(t(`journal.value.provider.${provider}`))),
      tenant: prefix,
      fact: isPartOfFact(prefix) ? prefix : null,
    }
  })
}
