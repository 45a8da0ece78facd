import type { Headline } from '#lib/domain/connection-view.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Locale } from '#lib/domain/user.ts'
import en from './en.json'
import fr from './fr.json'
import nl from './nl.json'

/** Words that the domain owes to whoever reads the screen: a new code without them does not compile. */
interface Owed {
  failures: Record<FailureCode, { cause: string; fix: string; action: string }>
  headline: Record<Headline, { word: string; sentence: string }>
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
