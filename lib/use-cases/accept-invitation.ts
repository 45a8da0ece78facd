import { Failure } from '#lib/domain/failure.ts'
import { actorOf } from '#lib/domain/journal-entry.ts'
import { type Session, sessionLifeMs } from '#lib/domain/session.ts'
import { checkName, checkPassword } from '#lib/domain/sign-up.ts'
import type { Role } from '#lib/domain/user.ts'
import type { Deps } from '#lib/ports.ts'

export interface Acceptance {
  token: string
  name: string
  password: string
  passwordAgain: string
  /** Where the request came from, where it is known. */
  from?: string | null
}

export const acceptInvitation = ({ store, clock, random, passwords }: Deps) => {
  const find = (token: string) => store.accounts.findLink(random.hash(token), 'invitation', clock.now())

  return {
    /** Whom a live invitation is for; changes nothing. */
    read: async (token: string) => (await find(token))?.user ?? null,

    /**
     * Sets name and password, and signs in.
     *
     * @throws Failure `link_dead`, `name_missing`, `password_too_short`, `password_too_long`, `passwords_differ`
     */
    accept: async ({
      token,
      name: typed,
      password,
      passwordAgain,
      from = null,
    }: Acceptance): Promise<Session & { role: Role }> => {
      const user = (await find(token))?.user
      if (!user) throw new Failure('link_dead')
      const name = typed.trim()
      const [wrong] = [...checkName(name), ...checkPassword(password, passwordAgain)]
      if (wrong) throw new Failure(wrong)
      const passwordHash = await passwords.hash(password)
      const now = clock.now()
      const session = { id: random.uuid(), expiresAt: new Date(now.getTime() + sessionLifeMs) }
      const entry = {
        at: now,
        tenantId: user.tenantId,
        connectionId: null,
        actor: actorOf({ id: user.id, from }),
        outcome: 'ok',
        detail: {},
      } as const
      const used = await store.accounts.useLink(
        { tokenHash: random.hash(token), kind: 'invitation', userId: user.id, passwordHash, name, session, now },
        [
          { ...entry, event: 'user.activated' },
          { ...entry, event: 'session.opened' },
        ],
      )
      if (!used) throw new Failure('link_dead')
      return { ...session, role: user.role }
    },
  }
}
