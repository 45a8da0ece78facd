import type { Locale, Role } from '#lib/domain/accounts/user.ts'
import type { TestedRead } from '#lib/domain/connections/connection-test.ts'
import type { Headline } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Actor, JournalFact } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { JournalKind } from '#lib/domain/journal/journal-view.ts'
import type { NotificationKind } from '#lib/domain/notifications/delivery.ts'
import type { OutageKind } from '#lib/domain/tokens/circuit-breaker.ts'
import type { TokenOutcome } from '#lib/domain/tokens/token-response.ts'
import en from './en.json' with { type: 'json' }
import fr from './fr.json' with { type: 'json' }
import nl from './nl.json' with { type: 'json' }

type Before<E> = E extends `${infer A}.${string}` ? A : never
type After<E, A extends string> = E extends `${A}.${infer B}` ? B : never

/** Messages are nested at the dots of their keys. */
type Nested<E extends string> = { [A in Before<E>]: Record<After<E, A>, string> }

/** Words that the domain owes to whoever reads the screen: a new code without them does not compile. */
interface Owed {
  failures: Record<FailureCode, { cause: string; fix: string; action: string }>
  headline: Record<Headline, { label: string; sentence: string }>
  journal: {
    event: Nested<JournalEvent>
    kind: Record<JournalKind, string>
    actor: Record<Actor['kind'] | 'support', string>
    fact: Record<Exclude<JournalFact, TestedRead>, string>
    value: {
      role: Record<Role, string>
      answer: Record<TokenOutcome['kind'], string>
      kind: Record<OutageKind | NotificationKind, string>
      provider: Record<ProviderId, string>
    }
  }
}

export type Messages = typeof fr

/** French sets the keys: one that lacks in another language does not compile. */
export const messages: Record<Locale, Messages & Owed> = { fr, nl, en }

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
