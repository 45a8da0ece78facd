import { guessableNames, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import { linkOf } from '#lib/domain/accounts/one-time-link.ts'
import type { Client, Session } from '#lib/domain/accounts/session.ts'
import { foldEmail } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ManageSessions } from './sessions.ts'

/** As its form has checked it. */
export interface FirstSupport {
  token: string
  email: string
  name: string
  password: string
  /** Where the request came from, where it is known. */
  from?: Client
}

const unknown: Client = { ip: null, device: null }

/** The way in while nobody from support exists yet. */
export const bootstrapSupport = ({ store, clock, random, passwords }: Deps, { make }: Pick<ManageSessions, 'make'>) => {
  const isLive = async (token: string) => {
    if ((await store.accounts.countSupport()) > 0) return false
    return (await store.accounts.findLink(random.hash(token), 'first_run', clock.now())) !== null
  }

  return {
    /** A fresh link's token in place of any older one's; null once a support user exists. */
    offer: async (): Promise<string | null> => {
      if ((await store.accounts.countSupport()) > 0) return null
      const token = random.secret()
      const now = clock.now()
      await store.accounts.addLink(linkOf('first_run', random.hash(token), null, now), null)
      return token
    },

    isLive,

    /**
     * Creates the first support user and signs them in.
     *
     * @throws Failure `link_dead`, `email_taken`, `password_weak`
     */
    create: async ({ token, password, from = unknown, ...typed }: FirstSupport): Promise<Session> => {
      if (!(await isLive(token))) throw new Failure('link_dead')
      const email = foldEmail(typed.email)
      const name = normalizeName(typed.name)
      const names = guessableNames({ email, name, tenantName: null })
      if (await passwords.isGuessable(password, names)) throw new Failure('password_weak')
      const passwordHash = await passwords.hash(password)
      const now = clock.now()
      const id = random.uuid()
      const { session, stored } = make(id, 'password', from, now)
      const profile = { tenantId: null, role: 'support', email, name, locale: 'fr' } as const
      const actor = actorOf({ id, ip: from.ip })
      const by = { at: now, tenantId: null, actor }
      const used = await store.accounts.useFirstRun(
        { tokenHash: random.hash(token), user: { id, ...profile, passwordHash }, session: stored, now },
        [
          journalEntry({ ...by, event: 'user.created', detail: { userId: id, role: 'support' } }),
          journalEntry({ ...by, event: 'session.opened' }),
        ],
      )
      if (used) return session
      throw new Failure((await store.accounts.findSignIn(email)) && (await isLive(token)) ? 'email_taken' : 'link_dead')
    },
  }
}
