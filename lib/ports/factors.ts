import type { Factors, NewPasskey, Passkey, QrCode } from '#lib/domain/factors/factor.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'

/** A factor that was just proven, by the session that set it up. */
export interface AddedFactor {
  userId: string
  sessionId: string
  /** The id that the session goes on under. */
  renewedId: string
  now: Date
  factor: { kind: 'totp'; sealedSecret: string; step: number } | ({ kind: 'passkey'; name: string } & NewPasskey)
  /** Hashes of recovery codes that take the place of any older ones; null leaves them. */
  codeHashes: readonly string[] | null
}

export interface FactorStore {
  find(userId: string): Promise<Factors>
  /** The app takes the place of an older one. @returns false when the session has ended, or the passkey is known already. */
  add(added: AddedFactor, entry: JournalEntry): Promise<boolean>
  /** @returns false for a step that was taken already, or one before it. */
  takeTotp(userId: string, step: number, now: Date): Promise<boolean>
  takePasskey(userId: string, id: string, counter: number, now: Date): Promise<boolean>
  /** Those not used yet. */
  listCodes(userId: string): Promise<{ id: string; hash: string }[]>
  /** @returns false when it was used already. */
  takeCode(id: string, now: Date): Promise<boolean>
  /** Recovery codes go with the last factor. @returns false when there was none. */
  remove(userId: string, which: 'totp' | { passkey: string }, entry: JournalEntry): Promise<boolean>
  replaceCodes(userId: string, hashes: readonly string[], entry: JournalEntry): Promise<void>
  /** Takes every factor of a user away, and ends their sessions. */
  reset(userId: string, entry: JournalEntry): Promise<void>
  /** Keeps the challenge that a browser is to sign. */
  setChallenge(sessionId: string, challenge: string): Promise<void>
  /** The same, once. */
  takeChallenge(sessionId: string): Promise<string | null>
}

/** Codes of an authenticator app (RFC 6238). */
export interface TotpCodes {
  newSecret(): string
  /** What the app reads, and the same as a QR code. */
  describe(secret: string, email: string): { url: string; qr: QrCode }
  /** The time step of a code that is right now, or was or will be half a minute off; null for a wrong one. */
  stepOf(secret: string, code: string, now: Date): number | null
}

/** What a browser is asked to sign: as it takes it, and the challenge in it. */
export interface Ceremony {
  options: string
  challenge: string
}

/** Passkeys (WebAuthn level 2). Answers of browsers are JSON as they send it. */
export interface WebAuthn {
  askRegistration(user: { id: string; email: string; name: string }, known: readonly Passkey[]): Promise<Ceremony>
  /** @returns null for an answer that proves nothing. */
  readRegistration(answer: string, challenge: string): Promise<NewPasskey | null>
  askAuthentication(known: readonly Passkey[]): Promise<Ceremony>
  /** @returns the passkey it was signed by, with its new counter; null for an answer that proves nothing. */
  readAuthentication(
    answer: string,
    challenge: string,
    known: readonly Passkey[],
  ): Promise<{ id: string; counter: number } | null>
}
